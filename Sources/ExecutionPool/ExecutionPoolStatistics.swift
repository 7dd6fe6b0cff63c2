/// What a pool did since it started, for metrics.
package struct ExecutionPoolStatistics: Hashable, Sendable {
    /// Whether programs run as translated code; nil before the first executor said so.
    package var isTranslating: Bool?
    /// Requests that wait.
    package var queuedCount = 0
    /// Requests in an executor.
    package var runningCount = 0
    /// Requests that ended, in whatever way, after they were taken into an executor.
    package var finishedCount = 0
    /// Executors that died by themselves or by somebody else's hand.
    package var crashCount = 0
    /// Executors killed because a request held them too long.
    package var timeoutCount = 0
    /// Executors killed because their request was cancelled.
    package var cancellationCount = 0
    /// Requests that went to a spare executor because all others were held by long runs.
    package var spareRunCount = 0
    /// Requests that the submitting thread gave to an executor.
    package var givenCount = 0
    /// Requests that were sent to an executor ahead of the one that it worked at.
    package var sentAheadCount = 0
    /// Requests that were taken back from an executor, because the one before them took long.
    package var takenBackCount = 0
    /// Executors started after the first ones.
    package var restartCount = 0
}
