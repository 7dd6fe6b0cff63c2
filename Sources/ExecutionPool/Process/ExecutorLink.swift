internal import Glibc

/// One living executor process and the socket to it. Owned by the dispatch thread.
final class ExecutorLink {
    /// The process id.
    let process: pid_t

    /// What the executor holds.
    var programs: ProgramSlots

    /// How long the process may compute.
    var processorTime = ProcessorTimeGrant()

    private var socket: MessageSocket
    private var outgoing: [[UInt8]] = []
    private var sentByteCount = 0

    /// The link to a process; it owns the descriptor and closes it.
    init(process: pid_t, fileDescriptor: Int32, programs: ProgramSlots) {
        self.process = process
        self.programs = programs
        socket = MessageSocket(
            fileDescriptor: fileDescriptor, mode: .neverWaiting,
            receivedByteCountMax: ExecutionPoolLimits.replyByteCountMax)
    }

    deinit {
        _ = close(socket.fileDescriptor)
    }

    /// The node's end of the socket, for poll.
    var fileDescriptor: Int32 { socket.fileDescriptor }

    /// Whether bytes wait until the socket takes more.
    var hasUnsentBytes: Bool { !outgoing.isEmpty }

    /// Sends a command as far as the socket takes it now; `flush` sends the rest.
    func send(_ command: ExecutorCommand) throws(MessageSocket.Failure) {
        outgoing.append(command.framed())
        try flush()
    }

    /// Sends what waits, as far as the socket takes it now.
    func flush() throws(MessageSocket.Failure) {
        while let message = outgoing.first {
            let count = try socket.send(message, from: sentByteCount)
            guard count > 0 else { return }
            sentByteCount += count
            if sentByteCount == message.count {
                outgoing.removeFirst()
                sentByteCount = 0
            }
        }
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
