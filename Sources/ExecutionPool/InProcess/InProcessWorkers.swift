internal import Bytes
internal import GuestRuntime
internal import Synchronization

/// Carries out requests on threads of this process, for debugging. What only a process can give is
/// missing: a running guest cannot be stopped, so cancelling it, or the wall clock, takes effect
/// when it has ended by itself.
final class InProcessWorkers: Sendable {
    private let context: DispatchContext
    private let semaphore: WorkSemaphore
    private let cancelled = Mutex<Set<ExecutionTicket>>([])
    private let threads = Mutex<[DedicatedThread]>([])

    init(_ context: DispatchContext) throws(ExecutionPoolError) {
        self.context = context
        semaphore = try WorkSemaphore()
    }

    /// Starts the threads.
    func start() throws(ExecutionPoolError) {
        context.executorRuns(with: Engine.translator.isAvailable ? .translator : .interpreter)
        for _ in 0..<context.configuration.executorCount {
            do {
                let thread = try DedicatedThread { self.work() }
                threads.withLock { $0.append(thread) }
            } catch {
                shutDown()
                throw error
            }
        }
    }

    /// Something was posted or cancelled.
    func wake() {
        semaphore.signal()
    }

    /// Completes what waits, then waits for the guests that run.
    func shutDown() {
        context.stop()
        for posted in context.board.close() { posted.completion(.failed(.shutDown)) }
        let started = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        semaphore.signal(count: started.count)
        for thread in started { thread.join() }
    }

    private func work() {
        var executor = InProcessExecutor(context)
        while true {
            semaphore.wait()
            if context.isStopping { return }
            takeCancellations()
            guard let posted = context.board.takeNext() else { continue }
            posted.started()
            let start = ContinuousClock.now
            let outcome = executor.outcome(of: posted)
            let seconds = ContinuousClock.now - start
            context.board.finish(posted)
            context.statistics.withLock { $0.finishedCount += 1 }
            posted.completion(finalOutcome(of: posted, outcome, seconds))
            executor.tidy()
        }
    }

    private func finalOutcome(
        of posted: PostedRequest, _ outcome: ExecutionOutcome, _ duration: Duration
    ) -> ExecutionOutcome {
        takeCancellations()
        if cancelled.withLock({ $0.remove(posted.ticket) }) != nil { return .failed(.cancelled) }
        let limit = context.configuration.wallClockLimit
        return duration > limit ? .failed(.wallClockExceeded(limit: limit)) : outcome
    }

    private func takeCancellations() {
        let taken = context.board.takeCancelled()
        for posted in taken.queued { posted.completion(.failed(.cancelled)) }
        cancelled.withLock { $0.formUnion(taken.taken) }
    }
}

/// One thread's worker and what it holds.
private struct InProcessExecutor: ~Copyable {
    private let programSource: ProgramSource
    private let codes: CodeCache
    private var programs: ProgramSlots
    private var worker = ExecutorWorker()

    init(_ context: DispatchContext) {
        programSource = context.programs
        codes = context.codes
        programs = ProgramSlots(
            countMax: context.configuration.cachedProgramCountMax,
            byteCountMax: context.configuration.cachedProgramByteCountMax)
    }

    func tidy() { worker.tidy() }

    mutating func outcome(of posted: PostedRequest) -> ExecutionOutcome {
        do {
            let commands = try programs.commands(
                for: posted, programs: programSource, codes: codes)
            for command in commands {
                guard let reply = worker.perform(command) else { continue }
                keepTranslation(in: reply)
                if let outcome = reply.outcome { return outcome }
            }
        } catch {
            return .failed(error)
        }
        preconditionFailure("the last command for a request has a reply with an outcome")
    }

    private mutating func keepTranslation(in reply: ExecutorReply) {
        switch reply {
        case .translated(let translation):
            guard let program = programs.translationCame(), !translation.isEmpty else { return }
            codes.insert(program, translation)
        case .accepted(_, let program, let translation) where !translation.isEmpty:
            codes.insert(program, translation)
        case .hello, .finished, .accepted, .refused, .skipped: break
        }
    }
}
