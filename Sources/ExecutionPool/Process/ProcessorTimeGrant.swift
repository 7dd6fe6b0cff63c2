internal import CMachine
internal import Glibc

/// The processor time that an executor may use: a second line behind the wall clock, kept by the
/// kernel, for when the node itself hangs or is stopped.
///
/// A grant is what the process has used so far, and the wall-clock limit of a request, and a spare. It
/// is renewed at the first request after half of the spare has passed. A process has one thread and
/// cannot use time faster than it passes, so a request that may take the whole wall-clock limit always
/// finds that much left; and no request, whatever becomes of the node, takes more than the limit and
/// the spare.
struct ProcessorTimeGrant {
    typealias Instant = ContinuousClock.Instant

    private let spareSeconds: UInt32
    private var renewal: Instant?

    init(spareSeconds: UInt32 = ExecutionPoolLimits.processorTimeSpareSeconds) {
        self.spareSeconds = spareSeconds
    }

    /// Makes sure that the process may compute for `limit` from now on.
    mutating func cover(_ process: pid_t, limit: Duration, at now: Instant) {
        if let renewal, now < renewal { return }
        // A limit that does not fit is one that nobody lives to see: 136 years.
        let seconds = UInt32(clamping: limit.components.seconds)
        let (sum, overflow) = seconds.addingReportingOverflow(spareSeconds)
        // It fails when the process is dead, which its socket will tell.
        _ = tandem_grant_processor_time(process, overflow ? .max : sum)
        renewal = now + .seconds(Int64(spareSeconds / 2))
    }
}
