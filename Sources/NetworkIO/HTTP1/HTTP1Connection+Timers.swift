import NIOCore

// One timer serves all of a connection's time limits. It is set to the earliest and looks again when it
// fires, so that a request that comes and goes in time costs no timer operation at all.
extension HTTP1Connection {
    /// When the present phase runs out of time; nil while the service is at work.
    private var timeLimit: NIODeadline? {
        let limits = settings.limits
        if let stalledSince { return stalledSince + .seconds(Int64(limits.stalledWriteSeconds)) }
        switch phase {
        case .waiting(let since):
            if let headBegun { return headBegun + .seconds(Int64(limits.handshakeSeconds)) }
            return since + .seconds(Int64(limits.idleSeconds))
        case .receiving(_, let since):
            // However the sender spreads its bytes, the average has to stay above the minimum.
            let earned = body.count / max(1, limits.bodyBytesPerSecondMin)
            return since + .seconds(Int64(limits.bodyGraceSeconds + earned))
        case .answering: return nil
        case .lingering(let since): return since + .seconds(Int64(limits.lingerSeconds))
        }
    }

    /// Called by the handler in front of the parser for every read, before the parts of it come.
    func bytesArrived() {
        if case .waiting = phase, headBegun == nil { headBegun = loop.now }
    }

    /// Sets the timer unless one that fires early enough is set.
    func armTimer() {
        guard let limit = timeLimit else { return }
        if let timer {
            if timer.deadline <= limit { return }
            loop.cancelTimer(timer.id)
        }
        timer = (loop.setTimer(limit, for: self, id: 0), limit)
    }

    /// Ends the phase if its time is over, and sets the timer again otherwise.
    func handleTimer(at now: NIODeadline) {
        guard let limit = timeLimit else { return }
        guard now >= limit else { return armTimer() }
        expire()
    }

    private func expire() {
        switch phase {
        case .receiving where stalledSince == nil: expireRequest()
        case .waiting where stalledSince == nil && headBegun != nil: expireRequest()
        case .waiting, .receiving, .answering, .lingering:
            if stalledSince != nil { loop.counters.timeouts.bump() }
            abort()
        }
    }

    private func expireRequest() {
        loop.counters.timeouts.bump()
        refuse(.requestTimeout)
        flushOutput()
    }
}
