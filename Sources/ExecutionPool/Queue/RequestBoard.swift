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
        /// The requests that run.
        var running: Set<ExecutionTicket> = []
        /// How many requests of a lane run. A lane with none is not here.
        var runningCounts: [ExecutionRequest.Lane: Int] = [:]
        /// The running requests that are to be cancelled.
        var cancelledRunning: [ExecutionTicket] = []
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
        state.withLock { ($0.queue.count, $0.running.count) }
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

    /// Queues a request.
    func post(
        _ request: ExecutionRequest, started: @escaping @Sendable () -> Void,
        completion: @escaping ExecutionCompletion
    ) throws(ExecutionPoolError) -> ExecutionTicket {
        let byteCount = request.byteCount
        return try state.withLock { state throws(ExecutionPoolError) in
            guard state.isOpen else { throw .notRunning }
            // Cancelled requests hold their place until their completion was called.
            let waitingCount = state.queue.count + state.cancelledQueued.count
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
            state.queue.append(posted, numbered: ticket.number, to: request.lane)
            state.queuedByteCount += byteCount
            if let jobID = request.jobID { state.tickets[jobID] = ticket }
            return ticket
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
            state.queuedByteCount -= posted.request.byteCount
            state.running.insert(posted.ticket)
            state.runningCounts[posted.request.lane, default: 0] += 1
            return posted
        }
    }

    /// The request that was taken has ended.
    func finish(_ posted: PostedRequest) {
        state.withLock { state in
            if state.running.remove(posted.ticket) != nil {
                Self.oneRunsLess(of: posted.request.lane, in: &state)
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
    /// and the tickets of running ones.
    func takeCancelled() -> (queued: [PostedRequest], running: [ExecutionTicket]) {
        state.withLock { state in
            defer {
                state.cancelledQueued = []
                state.cancelledRunning = []
            }
            return (state.cancelledQueued, state.cancelledRunning)
        }
    }

    private static func oneRunsLess(of lane: ExecutionRequest.Lane, in state: inout State) {
        guard let count = state.runningCounts[lane] else { return }
        state.runningCounts[lane] = count > 1 ? count - 1 : nil
    }

    private static func cancel(_ ticket: ExecutionTicket, in state: inout State) -> Bool {
        if let posted = state.queue.remove(ticket.number) {
            state.queuedByteCount -= posted.request.byteCount
            if let jobID = posted.request.jobID { state.tickets[jobID] = nil }
            state.cancelledQueued.append(posted)
            return true
        }
        guard state.running.contains(ticket) else { return false }
        if !state.cancelledRunning.contains(ticket) { state.cancelledRunning.append(ticket) }
        return true
    }
}
