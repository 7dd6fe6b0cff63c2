internal import Bytes
internal import Glibc
internal import Synchronization

extension ProcessDispatcher {
    /// Ends the requests that were cancelled: kills the executor that works at one, and has one skipped
    /// that was sent ahead.
    mutating func takeCancellations(at now: Instant) {
        let cancelled = context.board.takeCancelled()
        for posted in cancelled.queued { endUnstarted(posted, .cancelled) }
        for ticket in cancelled.taken {
            for index in seats.indices {
                guard let runs = seats[index].runs else { continue }
                if runs.current?.ticket == ticket {
                    context.statistics.withLock { $0.cancellationCount += 1 }
                    kill(at: index, now: now, .cancelled)
                } else if let posted = runs.ahead.first(where: { $0.ticket == ticket }) {
                    skip(posted, at: index)
                    end(posted, .failed(.cancelled))
                }
            }
        }
    }

    /// Takes the replies that came.
    mutating func readReplies(at now: Instant) {
        for index in seats.indices where polled[index + 1].revents != 0 {
            // The seat may have got another process since poll was called.
            guard let link = seats[index].link, link.fileDescriptor == polled[index + 1].fd else {
                continue
            }
            do {
                try link.receive()
                while let reply = try link.nextReply() {
                    try handle(reply, at: index, link, now)
                }
            } catch {
                crashed(at: index, now: now, error)
            }
        }
    }

    private mutating func handle(
        _ reply: ExecutorReply, at index: Int, _ link: ExecutorLink, _ now: Instant
    ) throws(MessageSocket.Failure) {
        switch (seats[index].state, reply) {
        case (.starting, .hello(executorProtocolVersion, let engine)):
            context.executorRuns(with: engine)
            seats[index].state = .idle(link)
        case (.busy, .translated(let translation)):
            guard let program = link.programs.translationCame() else { throw .garbage }
            if !translation.isEmpty { context.codes.insert(program, translation) }
        case (.busy(_, let runs), _):
            guard let ticket = reply.ticket else { throw .garbage }
            try handle(reply, to: ticket, runs, at: index, link, now)
        default: throw .garbage
        }
    }

    /// An answer to a request; the next one begins.
    private mutating func handle(
        _ reply: ExecutorReply, to ticket: ExecutionTicket, _ runs: ExecutorRuns, at index: Int,
        _ link: ExecutorLink, _ now: Instant
    ) throws(MessageSocket.Failure) {
        var runs = runs
        seats[index].lastDuration = now - runs.start
        let answered = runs.answered(
            ticket, bySkipping: reply.outcome == nil, at: now,
            limit: context.configuration.wallClockLimit)
        guard let answered else { throw .garbage }
        seats[index].state = runs.count == 0 ? .idle(link) : .busy(link, runs)
        seats[index].backoff.succeeded()
        if case .accepted(_, let program, let translation) = reply, !translation.isEmpty {
            context.codes.insert(program, translation)
        }
        if case .request(let posted) = answered, let outcome = reply.outcome {
            end(posted, outcome)
        }
        if let next = runs.current {
            link.processorTime.cover(
                link.process, limit: context.configuration.wallClockLimit, at: now)
            context.board.begin(next)
            noteStart(next)
        }
    }

    /// Takes back what was sent ahead of a request that turns out to be long.
    mutating func takeBackAhead(at now: Instant) {
        for index in seats.indices {
            guard let deadline = seats[index].aheadDeadline(context.configuration), deadline <= now
            else { continue }
            for posted in (seats[index].runs?.ahead ?? []).reversed() {
                skip(posted, at: index)
                context.board.putBack(posted)
                context.statistics.withLock { $0.takenBackCount += 1 }
            }
        }
    }

    private mutating func skip(_ posted: PostedRequest, at index: Int) {
        guard case .busy(let link, var runs) = seats[index].state, runs.skip(posted.ticket) else {
            return
        }
        seats[index].state = .busy(link, runs)
        link.enqueue(.skip(ticket: posted.ticket))
    }

    /// Gives requests to executors that have none, then ahead to those whose requests are short.
    mutating func assignRequests(at now: Instant) {
        for index in seats.indices where !seats[index].isSpare {
            guard case .idle(let link) = seats[index].state else { continue }
            while case .idle = seats[index].state, let posted = context.board.takeNext() {
                assign(posted, to: link, at: index, now: now)
            }
        }
        while let index = seatForOneAhead(at: now), let posted = context.board.takeAhead() {
            sendAhead(posted, at: index)
        }
        if let time = spareTime(), time <= now { assignSpare(at: now) }
    }

    /// The executor with the fewest requests of those that take one more.
    private func seatForOneAhead(at now: Instant) -> Int? {
        let indices = seats.indices.filter { seats[$0].takesAhead(at: now, context.configuration) }
        return indices.min { (seats[$0].runs?.count ?? 0) < (seats[$1].runs?.count ?? 0) }
    }

    /// When a spare executor is to take over: all others have been held for a while, and somebody
    /// waits. Nil when that is not so.
    func spareTime() -> Instant? {
        guard context.configuration.spareExecutorCount > 0 else { return nil }
        var youngest: Instant?
        for seat in seats where !seat.isSpare {
            guard let start = seat.runs?.start else { return nil }
            youngest = max(youngest ?? start, start)
        }
        guard let youngest, context.board.hasWaitingOfIdleLane,
            seats.contains(where: { $0.isSpare && $0.runs == nil && !$0.isOnItsWay })
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
        // With this one there is still a core for this thread.
        guard enqueue(posted, to: link, lingers: busyCount + 1 < coreCount) else { return }
        let limit = context.configuration.wallClockLimit
        link.processorTime.cover(link.process, limit: limit, at: now)
        seats[index].state = .busy(link, ExecutorRuns(posted, at: now, limit: limit))
        noteStart(posted)
    }

    private mutating func sendAhead(_ posted: PostedRequest, at index: Int) {
        guard case .busy(let link, var runs) = seats[index].state,
            enqueue(posted, to: link, lingers: busyCount < coreCount)
        else { return }
        context.statistics.withLock { $0.sentAheadCount += 1 }
        runs.append(posted)
        seats[index].state = .busy(link, runs)
    }

    /// False when there is nothing to send for the request, which then has ended.
    private mutating func enqueue(
        _ posted: PostedRequest, to link: ExecutorLink, lingers: Bool
    ) -> Bool {
        do {
            let commands = try link.programs.commands(
                for: posted, programs: context.programs, codes: context.codes, lingers: lingers)
            for command in commands { link.enqueue(command) }
            return true
        } catch {
            end(posted, .failed(error))
            return false
        }
    }
}
