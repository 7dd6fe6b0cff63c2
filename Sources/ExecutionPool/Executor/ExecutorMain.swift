internal import GuestRuntime

/// The loop of an executor process: `tandem executor --fd N`.
package enum ExecutorMain {
    /// Serves the node at the other end of this socket until it is gone, and returns the status to
    /// exit with. `fd` is the descriptor that the node names on the command line.
    package static func run(fd: Int32) -> Int32 {
        serve(fd).rawValue
    }

    private static func serve(_ fd: Int32) -> ExecutorExitStatus {
        guard ExecutorSandbox.enter(socket: fd) else { return .sandboxIncomplete }
        var channel = ExecutorChannel(fileDescriptor: fd)
        var worker = ExecutorWorker()
        guard ExecutorWarmUp.run(&worker) else { return .warmUpFailed }
        guard ExecutorSandbox.seal(socket: fd) else { return .sandboxIncomplete }
        do {
            let engine: Engine = Engine.translator.isAvailable ? .translator : .interpreter
            try channel.send(.hello(version: executorProtocolVersion, engine: engine))
            while true {
                if let reply = worker.perform(try channel.next()) { try channel.send(reply) }
                worker.tidy()
            }
        } catch {
            switch error {
            case .closed: return .nodeGone
            case .garbage: return .garbage
            }
        }
    }
}
