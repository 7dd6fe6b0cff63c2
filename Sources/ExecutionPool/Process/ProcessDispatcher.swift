internal import Glibc
internal import Logging
internal import Synchronization

/// Carries out requests in executor processes: one thread that starts the processes, hands them requests,
/// waits for replies, and kills what takes too long. Owned by that thread.
///
/// An executor works at one request at a time. While its requests are short, the next ones are sent ahead;
/// when one turns out to be long, those behind it are taken back. An executor that has nothing to do is
/// offered to the threads that submit, and the dispatcher hears of what they gave it.
struct ProcessDispatcher: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    /// What the dispatcher tells those who wait, at the end of a round.
    private enum Notice {
        case started(PostedRequest)
        case ended(PostedRequest, ExecutionOutcome)
    }

    let context: DispatchContext
    let clock = ContinuousClock()
    let coreCount = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    var seats: [ExecutorSeat]
    var polled: [pollfd] = []
    var watch = BriefWatch()

    /// Processes that were killed and not yet buried.
    var dying: [pid_t] = []

    private var notices: [Notice] = []
    private var hasOffers = false

    init(_ context: DispatchContext) {
        self.context = context
        let configuration = context.configuration
        let seat = ExecutorSeat(state: .vacant(until: clock.now), isSpare: false)
        let spare = ExecutorSeat(state: .unused, isSpare: true)
        seats = Array(repeating: seat, count: configuration.executorCount)
        seats += Array(repeating: spare, count: configuration.spareExecutorCount)
    }

    /// Starts the first processes, all or none.
    mutating func startProcesses() throws(ExecutionPoolError) {
        for index in seats.indices where !seats[index].isSpare {
            do {
                try startProcess(at: index)
            } catch {
                shutDown()
                throw error
            }
        }
    }

    /// Works until the pool is shut down.
    mutating func run() {
        while !context.isStopping {
            waitForEvents()
            let now = clock.now
            hearOfGivenRequests(at: now)
            takeCancellations(at: now)
            readReplies(at: now)
            killOverdue(at: now)
            restartVacant(at: now)
            takeBackAhead(at: now)
            assignRequests(at: now)
            sendCommands()
            offerIdle()
            buryDying(waiting: false)
            deliverNotices()
        }
        shutDown()
    }

    /// An executor has the request from now on.
    mutating func noteStart(_ posted: PostedRequest) {
        notices.append(.started(posted))
    }

    /// The request is over.
    mutating func end(_ posted: PostedRequest, _ outcome: ExecutionOutcome) {
        context.board.finish(posted)
        context.statistics.withLock { $0.finishedCount += 1 }
        notices.append(.ended(posted, outcome))
    }

    /// The request is over, and never was in an executor.
    mutating func endUnstarted(_ posted: PostedRequest, _ failure: ExecutionFailure) {
        notices.append(.ended(posted, .failed(failure)))
    }

    private mutating func sendCommands() {
        for seat in seats where seat.link?.hasUnsentBytes == true { seat.link?.flush() }
    }

    // MARK: Offers

    /// Offers the executors that have nothing to do.
    private mutating func offerIdle() {
        var offers: [OfferedExecutor] = []
        for (index, seat) in seats.enumerated() where !seat.isSpare {
            guard case .idle(let link) = seat.state, !link.hasUnsentBytes else { continue }
            offers.append(
                OfferedExecutor(seat: index, line: link.line, slots: link.programs.slots))
        }
        guard !offers.isEmpty else { return }
        context.board.offer(offers, freeCoreCount: coreCount - busyCount)
        hasOffers = true
    }

    /// Ends the offers. What was given to executors is theirs.
    private mutating func hearOfGivenRequests(at now: Instant) {
        guard hasOffers else { return }
        hasOffers = false
        for given in context.board.withdrawOffers() {
            // Nobody but this thread changes seats, and it has not since the offer.
            guard case .idle(let link) = seats[given.seat].state,
                case .run(let program, _, _) = given.posted.request.work
            else { preconditionFailure("an offered executor stays idle meanwhile") }
            _ = link.programs.use(program)
            let limit = context.configuration.wallClockLimit
            link.processorTime.cover(link.process, limit: limit, at: now)
            let runs = ExecutorRuns(
                given.posted, at: given.start, limit: limit, isSentElsewhere: true)
            seats[given.seat].state = .busy(link, runs)
            context.statistics.withLock { $0.givenCount += 1 }
            noteStart(given.posted)
        }
    }

    // MARK: The end of a round and of all

    /// Calls those who wait, after the sockets were served: what they do holds up no executor that
    /// could already work.
    private mutating func deliverNotices() {
        for notice in notices {
            switch notice {
            case .started(let posted): posted.started()
            case .ended(let posted, let outcome): posted.completion(outcome)
            }
        }
        notices.removeAll(keepingCapacity: true)
    }

    private mutating func shutDown() {
        hearOfGivenRequests(at: clock.now)
        for index in seats.indices {
            kill(at: index, now: clock.now, .shutDown)
        }
        for posted in context.board.close() { endUnstarted(posted, .shutDown) }
        buryDying(waiting: true)
        deliverNotices()
    }
}
