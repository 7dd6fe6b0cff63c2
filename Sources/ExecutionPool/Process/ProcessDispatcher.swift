internal import Bytes
internal import Glibc
internal import Logging
internal import Synchronization

/// Carries out requests in executor processes: one thread that starts the processes, hands each one
/// request at a time, waits for replies, and kills what takes too long. Owned by that thread.
struct ProcessDispatcher: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    /// What the dispatcher tells those who wait, at the end of a round.
    private enum Notice {
        case started(PostedRequest)
        case ended(PostedRequest, ExecutionOutcome)
    }

    private let context: DispatchContext
    private let clock = ContinuousClock()
    private var seats: [ExecutorSeat]
    private var notices: [Notice] = []
    private var polled: [pollfd] = []
    private var watch = BriefWatch()
    private let coreCount = sysconf(Int32(_SC_NPROCESSORS_ONLN))

    /// Processes that were killed and not yet buried.
    private var dying: [pid_t] = []

    init(_ context: DispatchContext) {
        self.context = context
        let configuration = context.configuration
        let seat = ExecutorSeat(state: .vacant(until: clock.now), isSpare: false)
        let spare = ExecutorSeat(state: .unused, isSpare: true)
        seats = Array(repeating: seat, count: configuration.executorCount)
        seats += Array(repeating: spare, count: configuration.spareExecutorCount)
    }

    /// Starts the first processes, all or none.
    mutating func startProcesses() throws(ExecutionPoolError) {
        for index in seats.indices where !seats[index].isSpare {
            do {
                try startProcess(at: index)
            } catch {
                shutDown()
                throw error
            }
        }
    }

    /// Works until the pool is shut down.
    mutating func run() {
        while !context.isStopping {
            waitForEvents()
            let now = clock.now
            takeCancellations(at: now)
            readReplies(at: now)
            killOverdue(at: now)
            restartVacant(at: now)
            assignRequests(at: now)
            buryDying(waiting: false)
            deliverNotices()
        }
        shutDown()
    }

    // MARK: Waiting

    /// Waits until a socket has something, a wake came or a deadline passed. `polled` has the wake
    /// signal first, then one entry for each seat; poll ignores negative descriptors.
    private mutating func waitForEvents() {
        polled.removeAll(keepingCapacity: true)
        polled.append(pollfd(fd: context.wake.fileDescriptor, events: Int16(POLLIN), revents: 0))
        for seat in seats {
            var events = Int16(POLLIN)
            if seat.link?.hasUnsentBytes == true { events |= Int16(POLLOUT) }
            polled.append(pollfd(fd: seat.link?.fileDescriptor ?? -1, events: events, revents: 0))
        }
        if !seesSomething() {
            _ = pollEvents(timeoutMilliseconds: timeoutMilliseconds())
        }
        if polled[0].revents != 0 { context.wake.drain() }
    }

    /// Looks for a moment, where a core has nothing better to do.
    private mutating func seesSomething() -> Bool {
        guard busyCount < coreCount else { return false }
        // A copy, because looking needs the rest of `self`.
        var watch = self.watch
        defer { self.watch = watch }
        return watch.finds { pollEvents(timeoutMilliseconds: 0) }
    }

    /// How many executors have a request.
    private var busyCount: Int { seats.reduce(0) { $0 + ($1.assignment == nil ? 0 : 1) } }

    /// Whether there are events, now or before the time is over.
    private mutating func pollEvents(timeoutMilliseconds: Int32) -> Bool {
        // The count is that of the array. Interrupted or not: the round looks at what is there.
        let count = unsafe poll(&polled, nfds_t(polled.count), timeoutMilliseconds)
        if count <= 0 { clearEvents() }
        return count > 0
    }

    /// After a failed poll the events are not to be looked at.
    private mutating func clearEvents() {
        for index in polled.indices { polled[index].revents = 0 }
    }

    /// Until the next deadline, rounded up so that it has passed when poll returns; -1 for ever.
    private func timeoutMilliseconds() -> Int32 {
        var milliseconds = dying.isEmpty ? .max : ExecutionPoolLimits.reapIntervalMilliseconds
        let deadlines = [seats.lazy.compactMap(\.deadline).min(), spareTime()]
        if let deadline = deadlines.compactMap({ $0 }).min() {
            let left = clock.now.duration(to: deadline).components
            let rounded = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
            milliseconds = min(milliseconds, max(0, rounded))
        }
        guard milliseconds != .max else { return -1 }
        return Int32(clamping: milliseconds)
    }

    // MARK: Processes

    private mutating func startProcess(at index: Int) throws(ExecutionPoolError) {
        let configuration = context.configuration
        let (process, socket) = try ExecutorSpawn.start(
            executable: context.executable, arguments: context.arguments)
        let programs = ProgramSlots(
            countMax: configuration.cachedProgramCountMax,
            byteCountMax: configuration.cachedProgramByteCountMax)
        let link = ExecutorLink(
            process: process, fileDescriptor: socket, programs: programs)
        let now = clock.now
        link.processorTime.cover(process, limit: configuration.wallClockLimit, at: now)
        seats[index].state = .starting(link, deadline: now + configuration.startupLimit)
    }

    private mutating func restartVacant(at now: Instant) {
        for index in seats.indices {
            guard case .vacant(let until) = seats[index].state, until <= now else { continue }
            do {
                try startProcess(at: index)
                context.statistics.withLock { $0.restartCount += 1 }
            } catch {
                seats[index].state = .vacant(until: now + seats[index].backoff.died())
                context.logger.error("executor did not start", metadata: ["error": "\(error)"])
            }
        }
    }

    /// The socket is at its end: buries the process and fails its request.
    private mutating func crashed(at index: Int, now: Instant, _ failure: MessageSocket.Failure) {
        guard let link = seats[index].link else { return }
        // It may have closed its socket and live on.
        ExecutorSpawn.kill(link.process)
        let status = ExecutorSpawn.bury(link.process, waiting: true) ?? "unknown"
        let how = failure == .garbage ? "it sent what is no reply" : status
        context.statistics.withLock { $0.crashCount += 1 }
        context.logger.warning(
            "executor died", metadata: ["process": "\(link.process)", "end": "\(how)"])
        if let lost = seats[index].vacate(at: now) {
            end(lost, .failed(.executorCrashed(how)))
        }
    }

    /// Kills the process, whose request ends with this failure.
    private mutating func kill(at index: Int, now: Instant, _ failure: ExecutionFailure) {
        guard let link = seats[index].link else { return }
        ExecutorSpawn.kill(link.process)
        dying.append(link.process)
        let lost = seats[index].assignment?.posted
        seats[index].state = .vacant(until: now)
        if let lost { end(lost, .failed(failure)) }
    }

    private mutating func buryDying(waiting: Bool) {
        dying.removeAll { ExecutorSpawn.bury($0, waiting: waiting) != nil }
    }

    private mutating func killOverdue(at now: Instant) {
        for index in seats.indices {
            switch seats[index].state {
            case .starting(let link, let deadline) where deadline <= now:
                context.logger.error(
                    "executor did not say hello", metadata: ["process": "\(link.process)"])
                ExecutorSpawn.kill(link.process)
                dying.append(link.process)
                _ = seats[index].vacate(at: now)
            case .busy(_, let assignment) where assignment.deadline <= now:
                context.statistics.withLock { $0.timeoutCount += 1 }
                let limit = context.configuration.wallClockLimit
                kill(at: index, now: now, .wallClockExceeded(limit: limit))
            case .unused, .vacant, .starting, .idle, .busy: break
            }
        }
    }

    // MARK: Requests

    private mutating func takeCancellations(at now: Instant) {
        let cancelled = context.board.takeCancelled()
        for posted in cancelled.queued {
            notices.append(.ended(posted, .failed(.cancelled)))
        }
        for ticket in cancelled.running {
            let busy = seats.firstIndex { $0.assignment?.posted.ticket == ticket }
            guard let busy else { continue }
            context.statistics.withLock { $0.cancellationCount += 1 }
            kill(at: busy, now: now, .cancelled)
        }
    }

    private mutating func readReplies(at now: Instant) {
        for index in seats.indices where polled[index + 1].revents != 0 {
            // The seat may have got another process since poll was called.
            guard let link = seats[index].link, link.fileDescriptor == polled[index + 1].fd else {
                continue
            }
            do {
                try link.flush()
                try link.receive()
                while let reply = try link.nextReply() {
                    try handle(reply, at: index, link)
                }
            } catch {
                crashed(at: index, now: now, error)
            }
        }
    }

    private mutating func handle(
        _ reply: ExecutorReply, at index: Int, _ link: ExecutorLink
    ) throws(MessageSocket.Failure) {
        switch (seats[index].state, reply) {
        case (.starting, .hello(executorProtocolVersion, let engine)):
            context.executorRuns(with: engine)
            seats[index].state = .idle(link)
        case (.busy, .translated(let translation)):
            guard let program = link.programs.translationCame() else { throw .garbage }
            if !translation.isEmpty { context.codes.insert(program, translation) }
        case (.busy(_, let assignment), _) where reply.ticket == assignment.posted.ticket:
            guard let outcome = reply.outcome else { throw .garbage }
            if case .accepted(_, let program, let translation) = reply, !translation.isEmpty {
                context.codes.insert(program, translation)
            }
            seats[index].state = .idle(link)
            seats[index].backoff.succeeded()
            end(assignment.posted, outcome)
        default: throw .garbage
        }
    }

    private mutating func assignRequests(at now: Instant) {
        for index in seats.indices where !seats[index].isSpare {
            guard case .idle(let link) = seats[index].state else { continue }
            while case .idle = seats[index].state, let posted = context.board.takeNext() {
                assign(posted, to: link, at: index, now: now)
            }
        }
        if let time = spareTime(), time <= now { assignSpare(at: now) }
    }

    /// When a spare executor is to take over: all others have been held for a while, and somebody
    /// waits. Nil when that is not so.
    private func spareTime() -> Instant? {
        guard context.configuration.spareExecutorCount > 0 else { return nil }
        var youngest: Instant?
        for seat in seats where !seat.isSpare {
            guard let start = seat.assignment?.start else { return nil }
            youngest = max(youngest ?? start, start)
        }
        guard let youngest, context.board.hasWaitingOfIdleLane,
            seats.contains(where: { $0.isSpare && $0.assignment == nil && !$0.isOnItsWay })
        else { return nil }
        return youngest + ExecutionPoolLimits.spareDelay
    }

    /// Gives a spare executor a request of somebody of whom nothing runs, or starts one.
    private mutating func assignSpare(at now: Instant) {
        for index in seats.indices where seats[index].isSpare {
            switch seats[index].state {
            case .unused: seats[index].state = .vacant(until: now)
            case .idle(let link):
                guard let posted = context.board.takeNext(runningCountMax: 0) else { return }
                context.statistics.withLock { $0.spareRunCount += 1 }
                assign(posted, to: link, at: index, now: now)
            case .vacant, .starting, .busy: continue
            }
            return
        }
    }

    private mutating func assign(
        _ posted: PostedRequest, to link: ExecutorLink, at index: Int, now: Instant
    ) {
        let commands: [ExecutorCommand]
        do {
            commands = try link.programs.commands(
                for: posted, programs: context.programs, codes: context.codes,
                // With this one there is still a core for this thread.
                lingers: busyCount + 1 < coreCount)
        } catch {
            end(posted, .failed(error))
            return
        }
        let limit = context.configuration.wallClockLimit
        link.processorTime.cover(link.process, limit: limit, at: now)
        let assignment = ExecutorSeat.Assignment(
            posted: posted, start: now, deadline: now + limit)
        seats[index].state = .busy(link, assignment)
        notices.append(.started(posted))
        do {
            for command in commands { try link.send(command) }
        } catch {
            crashed(at: index, now: now, error)
        }
    }

    private mutating func end(_ posted: PostedRequest, _ outcome: ExecutionOutcome) {
        context.board.finish(posted)
        context.statistics.withLock { $0.finishedCount += 1 }
        notices.append(.ended(posted, outcome))
    }

    /// Calls those who wait, after the sockets were served: what they do holds up no executor that
    /// could already work.
    private mutating func deliverNotices() {
        for notice in notices {
            switch notice {
            case .started(let posted): posted.started()
            case .ended(let posted, let outcome): posted.completion(outcome)
            }
        }
        notices.removeAll(keepingCapacity: true)
    }

    private mutating func shutDown() {
        for posted in context.board.close() {
            notices.append(.ended(posted, .failed(.shutDown)))
        }
        for index in seats.indices {
            kill(at: index, now: clock.now, .shutDown)
        }
        buryDying(waiting: true)
        deliverNotices()
    }
}
