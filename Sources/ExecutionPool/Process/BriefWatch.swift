internal import Glibc

/// Looks for a moment whether something comes before its thread goes to sleep: on a busy pool the next
/// event is microseconds away, and sleeping until it comes takes longer than that. Each look leaves the
/// core to others who want it. A thread that looked in vain does so less and less often.
struct BriefWatch {
    private let duration: Duration
    private var skipCount = 0
    private var skipCountAfterMiss = 1

    /// Watches of this length.
    init(duration: Duration = ExecutionPoolLimits.watchDuration) {
        self.duration = duration
    }

    /// Whether `look` found something in the time that a watch takes; false also when there was no
    /// watch because the last ones were in vain.
    mutating func finds<Failure>(
        _ look: () throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        guard skipCount == 0 else {
            skipCount -= 1
            return false
        }
        let end = ContinuousClock.now + duration
        repeat {
            if try look() {
                skipCountAfterMiss = 1
                return true
            }
            sched_yield()
        } while ContinuousClock.now < end
        skipCount = skipCountAfterMiss
        skipCountAfterMiss = min(2 * skipCountAfterMiss, ExecutionPoolLimits.watchSkipCountMax)
        return false
    }
}
