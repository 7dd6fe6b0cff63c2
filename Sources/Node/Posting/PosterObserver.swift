package import Bytes
package import PostingEngine

/// Where the poster reports what it does, for metrics. Called on any thread; must not block.
package struct PosterObserver: Sendable {
    /// A posting ended, and that is on disk.
    package var postingEnded: @Sendable (PostingOutcome) -> Void = { _ in }
    /// A posting became a dead letter, and that is on disk.
    package var postingBuried: @Sendable (JobID, String) -> Void = { _, _ in }
    /// Numbers, after each round of events.
    package var summaryChanged: @Sendable (PostingSummary) -> Void = { _ in }

    /// An observer that looks away until its closures are set.
    package init() {}
}
