package import Bytes
package import Logging
internal import Synchronization

/// Runs guests, in processes of their own: a guest that breaks its machine costs one job.
///
/// Any thread may call any method. Completions come on a thread of the pool.
package final class ExecutionPool: Sendable {
    private enum Stage {
        case created
        case processes(DispatchContext, DedicatedThread)
        case inProcess(DispatchContext, InProcessWorkers)
        case shutDown
    }

    private let configuration: ExecutionPoolConfiguration
    private let programs: ProgramSource
    private let logger: Logger
    private let board: RequestBoard
    private let stage = Mutex(Stage.created)

    /// A pool that runs nothing before `start`. `programs` finds the images of registered programs.
    package init(
        configuration: ExecutionPoolConfiguration, logger: Logger,
        programs: @escaping ProgramSource
    ) throws(ExecutionPoolError) {
        if let complaint = configuration.complaint { throw .configurationInvalid(complaint) }
        self.configuration = configuration
        self.programs = programs
        self.logger = logger
        board = RequestBoard(
            countMax: configuration.queuedRequestCountMax,
            byteCountMax: configuration.queuedByteCountMax)
    }

    /// Starts the executors. A pool is started once; when that fails, it has left nothing behind.
    package func start() throws(ExecutionPoolError) {
        try stage.withLock { stage throws(ExecutionPoolError) in
            guard case .created = stage else { throw .notRunning }
            switch configuration.executors {
            case .processes(let executable, let arguments):
                stage = try startProcesses(executable, arguments)
            case .inProcess:
                stage = try startInProcess()
            }
            board.open()
        }
    }

    /// Queues a request. `started` is called when an executor has it, `completion` once with how it
    /// ended; both on a thread of the pool, which they must not block.
    @discardableResult
    package func submit(
        _ request: ExecutionRequest, started: @escaping @Sendable () -> Void = {},
        completion: @escaping ExecutionCompletion
    ) throws(ExecutionPoolError) -> ExecutionTicket {
        let posting = try board.post(request, started: started, completion: completion)
        if case .given(let ticket, let delivery) = posting { send(request, ticket, delivery) }
        wake()
        return posting.ticket
    }

    /// Cancels the request of a job, which completes with `cancelled` unless it ends before.
    /// Nothing happens when there is none.
    package func cancel(_ jobID: JobID) {
        if board.cancel(jobID) { wake() }
    }

    /// Cancels a request as `cancel` of a job does.
    package func cancel(_ ticket: ExecutionTicket) {
        if board.cancel(ticket) { wake() }
    }

    /// Kills the executors; every request that waits or runs completes with `shutDown`. Returns
    /// when all processes are gone. Not to be called from a completion.
    package func shutdown() {
        let last = stage.withLock { stage in
            defer { stage = .shutDown }
            return stage
        }
        switch last {
        case .processes(let context, let thread):
            context.stop()
            thread.join()
            context.codes.close()
        case .inProcess(let context, let workers):
            workers.shutDown()
            context.codes.close()
        case .created, .shutDown: break
        }
    }

    /// What the pool did so far.
    package var statistics: ExecutionPoolStatistics {
        let context: DispatchContext? = stage.withLock { stage in
            switch stage {
            case .processes(let context, _), .inProcess(let context, _): context
            case .created, .shutDown: nil
            }
        }
        var statistics = context?.statistics.withLock { $0 } ?? ExecutionPoolStatistics()
        (statistics.queuedCount, statistics.runningCount) = board.counts
        return statistics
    }

    private func send(
        _ request: ExecutionRequest, _ ticket: ExecutionTicket, _ delivery: Delivery
    ) {
        guard case .run(_, let input, let maxCycles) = request.work else {
            preconditionFailure("only runs are given to executors here")
        }
        let command = ExecutorCommand.run(
            ticket: ticket, slot: delivery.slot, input: input, maxCycles: maxCycles,
            lingers: delivery.lingers)
        var message: [UInt8] = []
        message.reserveCapacity(
            request.byteCount + ExecutionPoolLimits.commandHeadByteCountMax)
        command.append(to: &message)
        delivery.line.send(message)
    }

    private func wake() {
        stage.withLock { stage in
            switch stage {
            case .processes(let context, _): context.wake.wake()
            case .inProcess(_, let workers): workers.wake()
            case .created, .shutDown: break
            }
        }
    }

    private func startProcesses(
        _ executable: String, _ arguments: [String]
    ) throws(ExecutionPoolError) -> Stage {
        let context = try makeContext(executable, arguments)
        try context.codes.open()
        let isUp = try WorkSemaphore()
        let failure = Mutex<ExecutionPoolError?>(nil)
        // Processes die with the thread that started them, so this thread starts them all.
        let thread = try DedicatedThread {
            var dispatcher = ProcessDispatcher(context)
            do throws(ExecutionPoolError) {
                try dispatcher.startProcesses()
            } catch {
                failure.withLock { $0 = error }
            }
            isUp.signal()
            if failure.withLock({ $0 == nil }) { dispatcher.run() }
        }
        isUp.wait()
        if let failure = failure.withLock({ $0 }) {
            thread.join()
            context.codes.close()
            throw failure
        }
        return .processes(context, thread)
    }

    private func startInProcess() throws(ExecutionPoolError) -> Stage {
        let context = try makeContext("", [])
        let workers = try InProcessWorkers(context)
        try workers.start()
        do throws(ExecutionPoolError) {
            try context.codes.open()
        } catch {
            workers.shutDown()
            throw error
        }
        return .inProcess(context, workers)
    }

    private func makeContext(
        _ executable: String, _ arguments: [String]
    ) throws(ExecutionPoolError) -> DispatchContext {
        try DispatchContext(
            configuration: configuration, executable: executable, arguments: arguments,
            programs: programs, logger: logger, board: board)
    }
}
