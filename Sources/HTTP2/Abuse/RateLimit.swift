/// Counts one kind of occurrence against its bound, in one word of state (the generic cell rate
/// algorithm: the instant at which the whole burst will be available again).
struct RateLimit {
    private let interval: UInt64
    private let tolerance: UInt64
    private var recoveredAt: UInt64 = 0

    init(_ bound: RateBound) {
        interval = 1_000_000_000 / bound.perSecond
        tolerance =
            bound.burst.multipliedReportingOverflow(by: interval).overflow
            ? .max / 4 : bound.burst * interval
    }

    /// Counts one occurrence at `now` (nanoseconds); false when it is one too many.
    mutating func admit(at now: UInt64) -> Bool {
        let next = max(recoveredAt, now).addingReportingOverflow(interval)
        guard !next.overflow, next.partialValue - now <= tolerance else { return false }
        recoveredAt = next.partialValue
        return true
    }
}
