internal import Glibc

/// One living executor process and the socket to it. Owned by the dispatch thread.
final class ExecutorLink {
    /// The process id.
    let process: pid_t

    /// The node's end of the socket.
    let line: ExecutorLine

    /// What the executor holds.
    var programs: ProgramSlots

    /// How long the process may compute.
    var processorTime = ProcessorTimeGrant()

    private var socket: MessageSocket
    private var outgoing: [UInt8] = []
    private var sentByteCount = 0

    /// The link to a process; it owns the descriptor and closes it.
    init(process: pid_t, fileDescriptor: Int32, programs: ProgramSlots) {
        self.process = process
        self.programs = programs
        line = ExecutorLine(fileDescriptor: fileDescriptor)
        socket = MessageSocket(
            fileDescriptor: fileDescriptor, mode: .neverWaiting,
            receivedByteCountMax: ExecutionPoolLimits.replyByteCountMax)
    }

    /// The descriptor, for poll.
    var fileDescriptor: Int32 { line.fileDescriptor }

    /// Whether bytes wait until the socket takes more.
    var hasUnsentBytes: Bool { !outgoing.isEmpty }

    /// Has commands sent with the next `flush`.
    func enqueue(_ command: ExecutorCommand) {
        command.append(to: &outgoing)
    }

    /// Sends what waits, as far as the socket takes it now. When the executor is gone, what waits is
    /// dropped, and receiving will tell; what the executor sent before it went is to be read first.
    func flush() {
        while sentByteCount < outgoing.count {
            guard let count = try? socket.send(outgoing, from: sentByteCount) else { break }
            guard count > 0 else { return }
            sentByteCount += count
        }
        // Room for a large message is given back.
        let isSmall = outgoing.capacity <= ExecutionPoolLimits.receiveByteCountMax
        outgoing.removeAll(keepingCapacity: isSmall)
        sentByteCount = 0
    }

    /// Takes bytes that came.
    func receive() throws(MessageSocket.Failure) {
        _ = try socket.receive()
    }

    /// The next reply among the bytes that came; nil when there is no whole one.
    func nextReply() throws(MessageSocket.Failure) -> ExecutorReply? {
        guard let message = try socket.nextMessage() else { return nil }
        guard let reply = ExecutorReply(decoding: message) else { throw .garbage }
        return reply
    }
}
