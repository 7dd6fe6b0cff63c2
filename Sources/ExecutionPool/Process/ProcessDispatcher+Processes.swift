internal import Glibc
internal import Logging
internal import Synchronization

extension ProcessDispatcher {
    /// Starts the process of a seat that has none.
    mutating func startProcess(at index: Int) throws(ExecutionPoolError) {
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

    /// Starts the processes whose time has come.
    mutating func restartVacant(at now: Instant) {
        for index in seats.indices {
            guard case .vacant(let until) = seats[index].state, until <= now else { continue }
            do {
                try startProcess(at: index)
                context.statistics.withLock { $0.restartCount += 1 }
            } catch {
                seats[index].vacate(at: now)
                context.logger.error("executor did not start", metadata: ["error": "\(error)"])
            }
        }
    }

    /// The socket is at its end, and whatever the executor said was read: buries the process and fails the
    /// request that it worked at. Those that were sent ahead go to others.
    mutating func crashed(at index: Int, now: Instant, _ failure: MessageSocket.Failure) {
        guard let link = seats[index].link else { return }
        // It may have closed its socket and live on.
        ExecutorSpawn.kill(link.process)
        let status = ExecutorSpawn.bury(link.process, waiting: true) ?? "unknown"
        let how = failure == .garbage ? "it sent what is no reply" : status
        context.statistics.withLock { $0.crashCount += 1 }
        context.logger.warning(
            "executor died", metadata: ["process": "\(link.process)", "end": "\(how)"])
        loseRuns(at: index, .executorCrashed(how))
        seats[index].vacate(at: now)
    }

    /// Kills the process; the request that it works at ends with this failure.
    mutating func kill(at index: Int, now: Instant, _ failure: ExecutionFailure) {
        guard let link = seats[index].link else { return }
        ExecutorSpawn.kill(link.process)
        dying.append(link.process)
        loseRuns(at: index, failure)
        seats[index].state = .vacant(until: now)
    }

    /// The requests of a process that is gone.
    private mutating func loseRuns(at index: Int, _ failure: ExecutionFailure) {
        guard let runs = seats[index].runs else { return }
        for posted in runs.ahead.reversed() { context.board.putBack(posted) }
        if let current = runs.current { end(current, .failed(failure)) }
    }

    /// Takes note of the ends of killed processes.
    mutating func buryDying(waiting: Bool) {
        dying.removeAll { ExecutorSpawn.bury($0, waiting: waiting) != nil }
    }

    /// Kills what has taken longer than it may.
    mutating func killOverdue(at now: Instant) {
        for index in seats.indices {
            switch seats[index].state {
            case .starting(let link, let deadline) where deadline <= now:
                context.logger.error(
                    "executor did not say hello", metadata: ["process": "\(link.process)"])
                ExecutorSpawn.kill(link.process)
                dying.append(link.process)
                seats[index].vacate(at: now)
            case .busy(_, let runs) where runs.deadline <= now:
                if runs.current != nil { context.statistics.withLock { $0.timeoutCount += 1 } }
                let limit = context.configuration.wallClockLimit
                kill(at: index, now: now, .wallClockExceeded(limit: limit))
            case .unused, .vacant, .starting, .idle, .busy: break
            }
        }
    }
}
