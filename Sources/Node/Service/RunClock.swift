internal import Synchronization

/// Measures how long one job waited for an executor and how long that had it.
final class RunClock: Sendable {
    private let metrics: NodeMetrics
    private let queuedAt = Timestamp.monotonicNanoseconds()
    /// 0 until an executor took the job.
    private let startedAt = Atomic<UInt64>(0)

    init(metrics: NodeMetrics) {
        self.metrics = metrics
    }

    /// An executor took the job.
    func started() {
        let now = Timestamp.monotonicNanoseconds()
        startedAt.store(now, ordering: .relaxed)
        metrics.record(.queue, nanoseconds: now - queuedAt)
    }

    /// The executor is done with it, or the job never got to one.
    func ended() {
        let start = startedAt.load(ordering: .relaxed)
        guard start != 0 else { return }
        let elapsed = Timestamp.monotonicNanoseconds() - start
        metrics.record(.execute, nanoseconds: elapsed)
        metrics.executionTime.record(nanoseconds: elapsed)
    }
}
