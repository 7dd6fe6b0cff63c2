/// What the engine knows of the chain, and when it may talk to it.
struct ChainLink {
    /// The latest look at the chain.
    private(set) var view: ChainView?
    /// When it was taken.
    private(set) var observedAt: UInt64 = 0
    /// How many looks there were.
    private(set) var viewCount: UInt64 = 0
    /// When the account's nonce last moved, as far as was seen.
    private(set) var nonceMovedAt: UInt64 = 0

    private(set) var isObserving = false
    /// When the next look is due.
    var nextObservationAt: UInt64 = 0

    /// Failures of the connection in a row. While there are any, one look at the chain at a time is
    /// all that goes out.
    private(set) var failureCount: UInt32 = 0
    /// Nothing goes out before this.
    private(set) var holdUntil: UInt64 = 0

    /// The account had too little money: no nonce is given out before this.
    private(set) var fundsHoldUntil: UInt64 = 0
    private var fundsFailureCount: UInt32 = 0

    mutating func observationStarted() {
        isObserving = true
    }

    mutating func observationFailed() {
        isObserving = false
    }

    mutating func observed(_ view: ChainView, at now: UInt64, pollInterval: UInt64) {
        if view.latestNonce != self.view?.latestNonce {
            nonceMovedAt = now
        }
        self.view = view
        observedAt = now
        viewCount += 1
        isObserving = false
        failureCount = 0
        holdUntil = 0
        nextObservationAt = now.addedClamped(pollInterval)
    }

    /// The look at the chain, when it is no older than `ageMax`.
    func freshView(at now: UInt64, ageMax: UInt64) -> ChainView? {
        now - observedAt <= ageMax ? view : nil
    }

    /// Failures that come in while a hold lasts belong to the same outage and don't lengthen it.
    mutating func requestFailed(at now: UInt64, backoff: Backoff, random: UInt64) {
        guard now >= holdUntil else { return }
        failureCount = failureCount.addedClamped(1)
        holdUntil = now.addedClamped(backoff.delay(failureCount: failureCount, random: random))
        nextObservationAt = holdUntil
    }

    mutating func fundsMissing(at now: UInt64, backoff: Backoff, random: UInt64) {
        guard now >= fundsHoldUntil else { return }
        fundsFailureCount = fundsFailureCount.addedClamped(1)
        fundsHoldUntil = now.addedClamped(
            backoff.delay(failureCount: fundsFailureCount, random: random))
    }

    mutating func fundsSufficed() {
        fundsFailureCount = 0
        fundsHoldUntil = 0
    }

    /// Brings the next look forward to `time`.
    mutating func observe(by time: UInt64) {
        nextObservationAt = min(nextObservationAt, max(time, holdUntil))
    }
}

extension UInt32 {
    /// The sum, or the largest value when it does not fit.
    func addedClamped(_ other: UInt32) -> UInt32 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
