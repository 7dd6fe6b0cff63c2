/// A place for one executor process, and where that process is in its life. The place of a spare
/// executor is unused until the executor is first needed, and then vacant.
///
///     vacant ── restart time came ──> starting ── hello ──> idle ── request ──> busy
///       ^                                │                    │  ^                │
///       │                                │                    │  └── last reply ──┤
///       └──────── died, or killed ───────┴────────────────────┴───────────────────┘
///
/// An idle executor may be offered to the threads that submit; one that was given a request by them is
/// idle until the dispatcher hears of it.
struct ExecutorSeat {
    typealias Instant = ContinuousClock.Instant

    enum State {
        /// There was no need for a process.
        case unused
        /// No process; one is started at this time.
        case vacant(until: Instant)
        /// The process has not said hello; it is killed at this time.
        case starting(ExecutorLink, deadline: Instant)
        /// The process waits for a request.
        case idle(ExecutorLink)
        /// The process has requests.
        case busy(ExecutorLink, ExecutorRuns)
    }

    var state: State

    /// Whether the executor serves only those of whom nothing runs elsewhere.
    let isSpare: Bool

    var backoff = RestartBackoff()

    /// How long the last request took, or what is left of it as the dispatcher sees it.
    var lastDuration = Duration.seconds(1)

    /// The living process; nil when there is none.
    var link: ExecutorLink? {
        switch state {
        case .unused, .vacant: nil
        case .starting(let link, _), .idle(let link), .busy(let link, _): link
        }
    }

    /// The requests in the executor; nil when there are none.
    var runs: ExecutorRuns? {
        guard case .busy(_, let runs) = state else { return nil }
        return runs
    }

    /// Whether a request may be sent ahead at this time: those that it has are short ones, and none has
    /// been there for long.
    func takesAhead(at now: Instant, _ configuration: ExecutionPoolConfiguration) -> Bool {
        guard !isSpare, let runs, !runs.isSentElsewhere, !runs.hasSkipped else { return false }
        return runs.count <= ExecutionPoolLimits.aheadCountMax
            && lastDuration < configuration.shortRunDuration
            && now < runs.start + configuration.aheadPatience
    }

    /// When the requests that were sent ahead have waited for too long; nil when there are none.
    func aheadDeadline(_ configuration: ExecutionPoolConfiguration) -> Instant? {
        guard let runs, runs.count > 1, !runs.ahead.isEmpty else { return nil }
        return runs.start + configuration.aheadPatience
    }

    /// Whether a process was asked for and has not said hello.
    var isOnItsWay: Bool {
        switch state {
        case .vacant, .starting: true
        case .unused, .idle, .busy: false
        }
    }

    /// When something has to be done although nothing happens; nil when never.
    func deadline(_ configuration: ExecutionPoolConfiguration) -> Instant? {
        switch state {
        case .unused: nil
        case .vacant(let until): until
        case .starting(_, let deadline): deadline
        case .idle: nil
        case .busy(_, let runs):
            min(runs.deadline, aheadDeadline(configuration) ?? runs.deadline)
        }
    }

    /// The process is gone for a reason of its own, and another one comes when it is time.
    mutating func vacate(at now: Instant) {
        state = .vacant(until: now + backoff.died())
    }
}
