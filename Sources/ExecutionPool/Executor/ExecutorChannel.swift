/// The executor's end of the socket, which waits.
struct ExecutorChannel {
    private var socket: MessageSocket

    init(fileDescriptor: Int32) {
        socket = MessageSocket(
            fileDescriptor: fileDescriptor, mode: .waiting,
            receivedByteCountMax: ExecutionPoolLimits.commandByteCountMax)
    }

    /// Waits for the next command.
    mutating func next() throws(MessageSocket.Failure) -> ExecutorCommand {
        while true {
            if let message = try socket.nextMessage() {
                guard let command = ExecutorCommand(decoding: message) else { throw .garbage }
                return command
            }
            _ = try socket.receive()
        }
    }

    /// Sends a reply, whole.
    func send(_ reply: ExecutorReply) throws(MessageSocket.Failure) {
        let message = reply.framed()
        var sentByteCount = 0
        while sentByteCount < message.count {
            sentByteCount += try socket.send(message, from: sentByteCount)
        }
    }
}
