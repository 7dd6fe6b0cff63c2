/// Looks for a moment whether something comes before its thread goes to sleep: when requests follow one
/// another, the next event is microseconds away, and falling asleep and being woken takes longer. A
/// thread that looked in vain does so less and less often. To be used only where a core has nothing
/// better to do.
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
        } while ContinuousClock.now < end
        skipCount = skipCountAfterMiss
        skipCountAfterMiss = min(2 * skipCountAfterMiss, ExecutionPoolLimits.watchSkipCountMax)
        return false
    }
}
