/// The executor's end of the socket, which waits.
struct ExecutorChannel {
    private var socket: MessageSocket
    private var watch = BriefWatch()

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
            // A copy, because looking needs the rest of `self`.
            var watch = self.watch
            let isThere = try watch.finds { () throws(MessageSocket.Failure) in
                try socket.receive(.neverWaiting)
            }
            self.watch = watch
            if !isThere { _ = try socket.receive() }
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
