/// How long an executor that keeps dying stays down: not at all after the first deaths, then twice
/// as long each time. A finished request starts the count anew.
struct RestartBackoff {
    private var deathCount = 0

    /// The executor finished a request.
    mutating func succeeded() {
        deathCount = 0
    }

    /// The executor died; the pause before the next start.
    mutating func died() -> Duration {
        deathCount += 1
        let pausedCount = deathCount - ExecutionPoolLimits.immediateRestartCountMax
        guard pausedCount > 0 else { return .zero }
        // At most 2^20 times the first pause, a number far above the limit and below overflow.
        let doubled = ExecutionPoolLimits.restartPauseMillisecondsMin << min(pausedCount - 1, 20)
        return .milliseconds(min(doubled, ExecutionPoolLimits.restartPauseMillisecondsMax))
    }
}
