/// The requests that one executor has, in the order in which it answers them. The first is the one that it
/// works at; those behind it were sent ahead, so that it need not wait for the dispatcher between two.
///
/// Only the first can be lost with the executor: one that was sent ahead has not begun as long as the first
/// is not answered, so that it can still be given to another.
struct ExecutorRuns {
    typealias Instant = ContinuousClock.Instant

    private struct Run {
        let posted: PostedRequest
        /// Whether the executor was told to skip it, and what it may still answer is worth nothing.
        var isSkipped = false
    }

    /// What an answer was to.
    enum Answered {
        /// The request that the executor worked at.
        case request(PostedRequest)
        /// One that it was told to skip.
        case skipped
    }

    private var runs: [Run]

    /// When the executor began with the first request, as far as the dispatcher can tell.
    private(set) var start: Instant
    /// When the executor is to be killed for it.
    private(set) var deadline: Instant
    /// Whether the first was sent by the thread that submitted it, which may still be at it.
    private(set) var isSentElsewhere: Bool

    /// A request that is given to an executor that has none.
    init(_ posted: PostedRequest, at now: Instant, limit: Duration, isSentElsewhere: Bool = false) {
        runs = [Run(posted: posted)]
        start = now
        deadline = now + limit
        self.isSentElsewhere = isSentElsewhere
    }

    /// How many requests there are, with those to be skipped.
    var count: Int { runs.count }

    /// The request that the executor works at; nil when it is to be skipped, and nobody waits for it.
    var current: PostedRequest? {
        guard let first = runs.first, !first.isSkipped else { return nil }
        return first.posted
    }

    /// The requests behind the first that are not to be skipped, in their order.
    var ahead: [PostedRequest] {
        runs.dropFirst().filter { !$0.isSkipped }.map(\.posted)
    }

    /// Whether one of them has to be skipped.
    var hasSkipped: Bool { runs.contains { $0.isSkipped } }

    /// A request was sent ahead.
    mutating func append(_ posted: PostedRequest) {
        runs.append(Run(posted: posted))
    }

    /// A request behind the first is to be skipped; false when it is not there.
    mutating func skip(_ ticket: ExecutionTicket) -> Bool {
        let index = runs.dropFirst().firstIndex { $0.posted.ticket == ticket && !$0.isSkipped }
        guard let index else { return false }
        runs[index].isSkipped = true
        return true
    }

    /// The executor answered; nil when that was not its turn to answer. The next request, if there is one,
    /// begins now: it has `limit`, or less when it is to be skipped.
    mutating func answered(
        _ ticket: ExecutionTicket, bySkipping: Bool, at now: Instant, limit: Duration
    ) -> Answered? {
        guard let first = runs.first, first.posted.ticket == ticket,
            first.isSkipped || !bySkipping
        else { return nil }
        runs.removeFirst()
        start = now
        let isNextSkipped = runs.first?.isSkipped == true
        deadline = now + (isNextSkipped ? min(limit, ExecutionPoolLimits.skipLimit) : limit)
        isSentElsewhere = false
        return first.isSkipped ? .skipped : .request(first.posted)
    }
}
