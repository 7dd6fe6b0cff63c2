internal import Bytes
internal import Synchronization

/// A request with those who wait for it.
struct PostedRequest: Sendable {
    let ticket: ExecutionTicket
    let request: ExecutionRequest
    let started: @Sendable () -> Void
    let completion: ExecutionCompletion
}

/// Where threads that submit and cancel meet the threads that carry out. All state is under one
/// lock that is held for a few machine instructions and never while anything is called.
final class RequestBoard: Sendable {
    private struct State {
        var isOpen = false
        var lastTicket: UInt64 = 0
        var queue = FairQueue<ExecutionRequest.Lane, PostedRequest>()
        var queuedByteCount = 0
        /// The requests that wait or run, by job.
        var tickets: [JobID: ExecutionTicket] = [:]
        /// The executors that have nothing to do. While there are any, nothing waits that was there before.
        var offers: [OfferedExecutor] = []
        var freeCoreCount = 0
        /// The requests that the dispatcher has not heard of.
        var given: [GivenRequest] = []
        /// The requests that were sent ahead to an executor: they count as waiting.
        var ahead: Set<ExecutionTicket> = []
        /// The requests that run.
        var running: Set<ExecutionTicket> = []
        /// How many requests of a lane run. A lane with none is not here.
        var runningCounts: [ExecutionRequest.Lane: Int] = [:]
        /// How many requests of a lane run or were sent ahead. A lane with none is not here.
        var takenCounts: [ExecutionRequest.Lane: Int] = [:]
        /// The requests that are to be cancelled and run or were sent ahead.
        var cancelledTaken: [ExecutionTicket] = []
        /// The cancelled requests that never ran; whoever takes them completes them.
        var cancelledQueued: [PostedRequest] = []
    }

    private let state = Mutex(State())
    private let countMax: Int
    private let byteCountMax: Int

    init(countMax: Int, byteCountMax: Int) {
        self.countMax = countMax
        self.byteCountMax = byteCountMax
    }

    /// How many requests wait and run.
    var counts: (queued: Int, running: Int) {
        state.withLock { ($0.queue.count + $0.ahead.count, $0.running.count) }
    }

    /// From here on requests are taken.
    func open() {
        state.withLock { $0.isOpen = true }
    }

    /// From here on no request is taken; those that waited come back.
    func close() -> [PostedRequest] {
        state.withLock { state in
            state.isOpen = false
            state.queuedByteCount = 0
            let waiting = state.cancelledQueued + state.queue.removeAll()
            state.cancelledQueued = []
            state.tickets = [:]
            return waiting
        }
    }

    /// Queues a request, or gives it to an executor that is offered.
    func post(
        _ request: ExecutionRequest, started: @escaping @Sendable () -> Void,
        completion: @escaping ExecutionCompletion
    ) throws(ExecutionPoolError) -> Posting {
        let byteCount = request.byteCount
        return try state.withLock { state throws(ExecutionPoolError) in
            guard state.isOpen else { throw .notRunning }
            // Cancelled requests hold their place until their completion was called.
            let waitingCount =
                state.queue.count + state.ahead.count + state.cancelledQueued.count
            guard waitingCount < countMax, byteCount <= byteCountMax - state.queuedByteCount else {
                throw .queueFull
            }
            if let jobID = request.jobID, state.tickets[jobID] != nil {
                throw .jobAlreadySubmitted
            }
            state.lastTicket += 1
            let ticket = ExecutionTicket(number: state.lastTicket)
            let posted = PostedRequest(
                ticket: ticket, request: request, started: started, completion: completion)
            if let jobID = request.jobID { state.tickets[jobID] = ticket }
            state.queuedByteCount += byteCount
            if let delivery = Self.give(posted, in: &state) { return .given(ticket, delivery) }
            state.queue.append(posted, numbered: ticket.number, to: request.lane)
            return .queued(ticket)
        }
    }

    /// Offers executors that have nothing to do to those who submit, unless something waits.
    /// `freeCoreCount`: how many cores have nothing to do, the dispatcher's own included.
    func offer(_ executors: [OfferedExecutor], freeCoreCount: Int) {
        state.withLock { state in
            guard state.queue.count == 0 else { return }
            state.offers = executors
            state.freeCoreCount = freeCoreCount
        }
    }

    /// Ends the offers; the requests that were given to the executors.
    func withdrawOffers() -> [GivenRequest] {
        state.withLock { state in
            defer {
                state.offers = []
                state.given = []
            }
            return state.given
        }
    }

    /// Whether a request waits of a lane of which none runs.
    var hasWaitingOfIdleLane: Bool {
        state.withLock { $0.queue.hasLane(bearingNoneOf: $0.runningCounts) }
    }

    /// Takes the next request to carry out, of a lane of which no more than `runningCountMax` run;
    /// nil when none waits.
    func takeNext(runningCountMax: Int = .max) -> PostedRequest? {
        state.withLock { state in
            let next = state.queue.popFirst(loads: state.runningCounts, loadMax: runningCountMax)
            guard let posted = next else { return nil }
            Self.isTaken(posted, in: &state)
            Self.runs(posted, in: &state)
            return posted
        }
    }

    /// Takes the next request to be sent ahead, of a lane of which the fewest run or were sent ahead; nil
    /// when none waits, or it is not a small one. It waits until `begin`.
    func takeAhead() -> PostedRequest? {
        state.withLock { state in
            let next = state.queue.popFirst(loads: state.takenCounts) { posted in
                posted.request.byteCount <= ExecutionPoolLimits.smallRequestByteCountMax
            }
            guard let posted = next else { return nil }
            Self.isTaken(posted, in: &state)
            state.ahead.insert(posted.ticket)
            return posted
        }
    }

    /// An executor begins with a request that was sent ahead.
    func begin(_ posted: PostedRequest) {
        state.withLock { state in
            guard state.ahead.remove(posted.ticket) != nil else { return }
            Self.runs(posted, in: &state)
        }
    }

    /// A request that was sent ahead waits for another executor, before all others of its lane.
    func putBack(_ posted: PostedRequest) {
        state.withLock { state in
            guard state.ahead.remove(posted.ticket) != nil else { return }
            Self.countDown(posted.request.lane, in: &state.takenCounts)
            if let index = state.cancelledTaken.firstIndex(of: posted.ticket) {
                state.cancelledTaken.remove(at: index)
                Self.waitsNoMore(posted, in: &state)
                state.cancelledQueued.append(posted)
            } else {
                state.queue.putBack(
                    posted, numbered: posted.ticket.number, to: posted.request.lane)
            }
        }
    }

    /// The request that was taken has ended.
    func finish(_ posted: PostedRequest) {
        state.withLock { state in
            let lane = posted.request.lane
            if state.running.remove(posted.ticket) != nil {
                Self.countDown(lane, in: &state.runningCounts)
                Self.countDown(lane, in: &state.takenCounts)
            } else if state.ahead.remove(posted.ticket) != nil {
                Self.countDown(lane, in: &state.takenCounts)
                state.queuedByteCount -= posted.request.byteCount
            }
            if let jobID = posted.request.jobID { state.tickets[jobID] = nil }
        }
    }

    /// Marks the request of a job as cancelled; false when there is none.
    func cancel(_ jobID: JobID) -> Bool {
        state.withLock { state in
            guard let ticket = state.tickets[jobID] else { return false }
            return Self.cancel(ticket, in: &state)
        }
    }

    /// Marks a request as cancelled; false when it has ended.
    func cancel(_ ticket: ExecutionTicket) -> Bool {
        state.withLock { Self.cancel(ticket, in: &$0) }
    }

    /// What was cancelled since the last call: requests that never ran, for the caller to complete,
    /// and the tickets of those that run or were sent ahead.
    func takeCancelled() -> (queued: [PostedRequest], taken: [ExecutionTicket]) {
        state.withLock { state in
            defer {
                state.cancelledQueued = []
                state.cancelledTaken = []
            }
            return (state.cancelledQueued, state.cancelledTaken)
        }
    }

    /// Gives a small run of a program that an offered executor holds to that executor, unless others wait.
    private static func give(_ posted: PostedRequest, in state: inout State) -> Delivery? {
        guard state.queue.count == 0, case .run(let program, _, _) = posted.request.work,
            posted.request.byteCount <= ExecutionPoolLimits.smallRequestByteCountMax,
            let index = state.offers.firstIndex(where: { $0.slots[program] != nil }),
            let slot = state.offers[index].slots[program]
        else { return nil }
        let offer = state.offers.remove(at: index)
        state.freeCoreCount -= 1
        state.given.append(GivenRequest(seat: offer.seat, posted: posted, start: .now))
        isTaken(posted, in: &state)
        runs(posted, in: &state)
        return Delivery(line: offer.line, slot: slot, lingers: state.freeCoreCount > 0)
    }

    private static func isTaken(_ posted: PostedRequest, in state: inout State) {
        state.takenCounts[posted.request.lane, default: 0] += 1
    }

    private static func runs(_ posted: PostedRequest, in state: inout State) {
        state.queuedByteCount -= posted.request.byteCount
        state.running.insert(posted.ticket)
        state.runningCounts[posted.request.lane, default: 0] += 1
    }

    private static func countDown(
        _ lane: ExecutionRequest.Lane, in counts: inout [ExecutionRequest.Lane: Int]
    ) {
        guard let count = counts[lane] else { return }
        counts[lane] = count > 1 ? count - 1 : nil
    }

    private static func cancel(_ ticket: ExecutionTicket, in state: inout State) -> Bool {
        if let posted = state.queue.remove(ticket.number) {
            waitsNoMore(posted, in: &state)
            state.cancelledQueued.append(posted)
            return true
        }
        guard state.running.contains(ticket) || state.ahead.contains(ticket) else { return false }
        if !state.cancelledTaken.contains(ticket) { state.cancelledTaken.append(ticket) }
        return true
    }

    private static func waitsNoMore(_ posted: PostedRequest, in state: inout State) {
        state.queuedByteCount -= posted.request.byteCount
        if let jobID = posted.request.jobID { state.tickets[jobID] = nil }
    }
}
