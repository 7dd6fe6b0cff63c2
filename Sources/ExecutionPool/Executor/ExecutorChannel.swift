/// The executor's end of the socket, which waits.
struct ExecutorChannel {
    private var socket: MessageSocket
    private var watch = BriefWatch()
    private var lingers = false
    private var outgoing: [UInt8] = []

    /// The commands that came and were not given out.
    private var waiting: [ExecutorCommand] = []
    /// Whether more may have come, since time has passed.
    private var isStale = true

    init(fileDescriptor: Int32) {
        socket = MessageSocket(
            fileDescriptor: fileDescriptor, mode: .waiting,
            receivedByteCountMax: ExecutionPoolLimits.commandByteCountMax)
    }

    /// Waits for the next command. A request that is to be skipped, and was not given out, comes as
    /// `skip`; other skips do not come.
    mutating func next() throws(MessageSocket.Failure) -> ExecutorCommand {
        while true {
            if isStale { try look() }
            while !waiting.isEmpty {
                let command = waiting.removeFirst()
                if case .skip = command { continue }
                if case .run(_, _, _, _, let lingers) = command { self.lingers = lingers }
                guard let ticket = command.answeredTicket else { return command }
                isStale = true
                return isToBeSkipped(ticket) ? .skip(ticket: ticket) : command
            }
            isStale = true
        }
    }

    /// Sends a reply, whole.
    mutating func send(_ reply: ExecutorReply) throws(MessageSocket.Failure) {
        outgoing.removeAll(keepingCapacity: true)
        reply.append(to: &outgoing)
        var sentByteCount = 0
        while sentByteCount < outgoing.count {
            sentByteCount += try socket.send(outgoing, from: sentByteCount)
        }
        // Room for a large reply is given back.
        if outgoing.capacity > ExecutionPoolLimits.receiveByteCountMax { outgoing = [] }
    }

    /// Takes what has come; waits when nothing has, and nothing is there from before.
    private mutating func look() throws(MessageSocket.Failure) {
        if waiting.isEmpty {
            if try !seesSomething() { _ = try socket.receive() }
        } else {
            _ = try socket.receive(.neverWaiting)
        }
        while let message = try socket.nextMessage() {
            guard let command = ExecutorCommand(decoding: message) else { throw .garbage }
            waiting.append(command)
        }
        isStale = false
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

    private func isToBeSkipped(_ ticket: ExecutionTicket) -> Bool {
        waiting.contains { command in
            if case .skip(ticket) = command { true } else { false }
        }
    }
}
