/// The loop of an executor process: `tandem executor --fd N`.
package enum ExecutorMain {
    /// How an executor process ends; the raw value is its exit status.
    private enum ExitStatus: Int32 {
        /// The node is gone or told the executor to go by closing the socket.
        case nodeGone = 0
        /// What came over the socket is no command.
        case garbage = 70
        /// The system refused a part of the sandbox.
        case sandboxIncomplete = 71
    }

    /// Serves the node at the other end of this socket until it is gone, and returns the status to
    /// exit with. `fd` is the descriptor that the node names on the command line.
    package static func run(fd: Int32) -> Int32 {
        serve(fd).rawValue
    }

    private static func serve(_ fd: Int32) -> ExitStatus {
        guard ExecutorSandbox.enter() else { return .sandboxIncomplete }
        var channel = ExecutorChannel(fileDescriptor: fd)
        var worker = ExecutorWorker()
        do {
            try channel.send(.hello(version: executorProtocolVersion))
            while true {
                if let reply = worker.perform(try channel.next()) { try channel.send(reply) }
            }
        } catch {
            switch error {
            case .closed: return .nodeGone
            case .garbage: return .garbage
            }
        }
    }
}
