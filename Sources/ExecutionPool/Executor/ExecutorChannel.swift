/// The executor's end of the socket, which waits.
struct ExecutorChannel {
    private var socket: MessageSocket
    private var watch = BriefWatch()
    private var lingers = false

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
                if case .run(_, _, _, _, let lingers) = command { self.lingers = lingers }
                return command
            }
            if try !seesSomething() { _ = try socket.receive() }
        }
    }

    /// Looks for a moment, where the last command said that this is wanted.
    private mutating func seesSomething() throws(MessageSocket.Failure) -> Bool {
        guard lingers else { return false }
        // A copy, because looking needs the rest of `self`.
        var watch = self.watch
        defer { self.watch = watch }
        return try watch.finds { () throws(MessageSocket.Failure) in
            try socket.receive(.neverWaiting)
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
