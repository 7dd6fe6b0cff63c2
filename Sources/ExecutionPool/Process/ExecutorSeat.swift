/// A place for one executor process, and where that process is in its life. The place of a spare
/// executor is unused until the executor is first needed, and then vacant.
///
///     vacant ── restart time came ──> starting ── hello ──> idle ── request ──> busy
///       ^                                │                    │  ^                │
///       │                                │                    │  └──── reply ─────┤
///       └──────── died, or killed ───────┴────────────────────┴───────────────────┘
struct ExecutorSeat {
    typealias Instant = ContinuousClock.Instant

    /// A request in the executor.
    struct Assignment {
        let posted: PostedRequest
        let start: Instant
        let deadline: Instant
    }

    enum State {
        /// There was no need for a process.
        case unused
        /// No process; one is started at this time.
        case vacant(until: Instant)
        /// The process has not said hello; it is killed at this time.
        case starting(ExecutorLink, deadline: Instant)
        /// The process waits for a request.
        case idle(ExecutorLink)
        /// The process has a request.
        case busy(ExecutorLink, Assignment)
    }

    var state: State

    /// Whether the executor serves only those of whom nothing runs elsewhere.
    let isSpare: Bool

    var backoff = RestartBackoff()

    /// The living process; nil when there is none.
    var link: ExecutorLink? {
        switch state {
        case .unused, .vacant: nil
        case .starting(let link, _), .idle(let link), .busy(let link, _): link
        }
    }

    /// The request in the executor; nil when there is none.
    var assignment: Assignment? {
        guard case .busy(_, let assignment) = state else { return nil }
        return assignment
    }

    /// Whether a process was asked for and has not said hello.
    var isOnItsWay: Bool {
        switch state {
        case .vacant, .starting: true
        case .unused, .idle, .busy: false
        }
    }

    /// When something has to be done although nothing happens; nil when never.
    var deadline: Instant? {
        switch state {
        case .unused: nil
        case .vacant(let until): until
        case .starting(_, let deadline): deadline
        case .idle: nil
        case .busy(_, let assignment): assignment.deadline
        }
    }

    /// The process is gone; returns the request that it took along.
    mutating func vacate(at now: Instant) -> PostedRequest? {
        let lost = assignment?.posted
        state = .vacant(until: now + backoff.died())
        return lost
    }
}
