import Bytes
import GuestRuntime
import Testing

@testable import ExecutionPool

@Suite struct RequestBoardTests {
    private func job(_ number: UInt64, byteCount: Int = 0) -> ExecutionRequest {
        .job(
            JobID(Hash32(words: 0, 0, 0, number)), of: .zero, program: ProgramID(.zero),
            input: GuestInput(
                buffers: [], stdin: [UInt8](repeating: 0, count: byteCount), randomSeed: .zero),
            maxCycles: 1)
    }

    private func post(
        _ request: ExecutionRequest, on board: RequestBoard
    ) throws(ExecutionPoolError) -> ExecutionTicket {
        try board.post(request, started: {}, completion: { _ in }).ticket
    }

    private func openBoard(countMax: Int = 3, byteCountMax: Int = 10_000) -> RequestBoard {
        let board = RequestBoard(countMax: countMax, byteCountMax: byteCountMax)
        board.open()
        return board
    }

    @Test func takesNoMoreThanTheLimit() throws {
        let board = openBoard(countMax: 2)
        _ = try post(job(1), on: board)
        _ = try post(job(2), on: board)
        #expect(throws: ExecutionPoolError.queueFull) { try post(job(3), on: board) }
        #expect(board.takeNext() != nil)
        _ = try post(job(3), on: board)
        #expect(board.counts == (queued: 2, running: 1))
    }

    @Test func takesNoMoreBytesThanTheLimit() throws {
        let board = openBoard(byteCountMax: 1000)
        _ = try post(job(1, byteCount: 600), on: board)
        #expect(throws: ExecutionPoolError.queueFull) {
            try post(job(2, byteCount: 600), on: board)
        }
        #expect(board.takeNext() != nil)
        _ = try post(job(2, byteCount: 600), on: board)
    }

    @Test func aJobIsThereOnce() throws {
        let board = openBoard()
        _ = try post(job(1), on: board)
        #expect(throws: ExecutionPoolError.jobAlreadySubmitted) { try post(job(1), on: board) }
        let taken = try #require(board.takeNext())
        #expect(throws: ExecutionPoolError.jobAlreadySubmitted) { try post(job(1), on: board) }
        board.finish(taken)
        _ = try post(job(1), on: board)
    }

    @Test func aCancelledQueuedRequestIsGivenBackOnceAndKeepsItsPlaceUntilThen() throws {
        let board = openBoard(countMax: 1)
        let ticket = try post(job(1), on: board)
        #expect(board.cancel(ticket))
        #expect(!board.cancel(ticket))
        #expect(board.takeNext() == nil)
        #expect(throws: ExecutionPoolError.queueFull) { try post(job(2), on: board) }
        #expect(board.takeCancelled().queued.map(\.ticket) == [ticket])
        #expect(board.takeCancelled().queued.isEmpty)
        _ = try post(job(1), on: board)
    }

    @Test func aCancelledRunningRequestIsNamedOnce() throws {
        let board = openBoard()
        let ticket = try post(job(1), on: board)
        let taken = try #require(board.takeNext())
        #expect(board.cancel(JobID(Hash32(words: 0, 0, 0, 1))))
        #expect(board.cancel(ticket))
        #expect(board.takeCancelled().taken == [ticket])
        #expect(board.takeCancelled().taken.isEmpty)
        board.finish(taken)
        #expect(!board.cancel(ticket))
        #expect(!board.cancel(JobID(Hash32(words: 0, 0, 0, 1))))
    }

    @Test func aClosedBoardGivesEverythingBackAndTakesNothing() throws {
        let board = RequestBoard(countMax: 3, byteCountMax: 1000)
        #expect(throws: ExecutionPoolError.notRunning) { try post(job(1), on: board) }
        board.open()
        let tickets = try (1...3).map { try post(job($0), on: board) }
        #expect(board.cancel(tickets[1]))
        #expect(Set(board.close().map(\.ticket)) == Set(tickets))
        #expect(board.counts == (queued: 0, running: 0))
        #expect(throws: ExecutionPoolError.notRunning) { try post(job(9), on: board) }
    }

    @Test func whatWasSentAheadWaitsUntilItBegins() throws {
        let board = openBoard(countMax: 2, byteCountMax: 1000)
        let tickets = try (1...2).map { try post(job($0, byteCount: 200), on: board) }
        let ahead = try #require(board.takeAhead())
        #expect(ahead.ticket == tickets[0])
        #expect(board.counts == (queued: 2, running: 0))
        #expect(throws: ExecutionPoolError.queueFull) { try post(job(3), on: board) }
        // Taken back it is the next again.
        board.putBack(ahead)
        #expect(board.takeAhead()?.ticket == tickets[0])
        board.begin(ahead)
        board.begin(ahead)
        #expect(board.counts == (queued: 1, running: 1))
        _ = try post(job(3, byteCount: 500), on: board)
        #expect(throws: ExecutionPoolError.queueFull) {
            try post(job(4, byteCount: 400), on: board)
        }
        board.putBack(ahead)
        board.finish(ahead)
        #expect(board.counts == (queued: 2, running: 0))
    }

    @Test func onlySmallRequestsAreSentAhead() throws {
        let limit = ExecutionPoolLimits.smallRequestByteCountMax
        let board = openBoard(byteCountMax: 10 * limit)
        _ = try post(job(1, byteCount: limit), on: board)
        #expect(board.takeAhead() == nil)
        #expect(board.takeNext() != nil)
    }

    /// Wherever it is when it is cancelled, it comes back as cancelled once.
    @Test func whatWasSentAheadIsCancelledWhereverItIs() throws {
        let board = openBoard()
        let tickets = try (1...2).map { try post(job($0), on: board) }
        let ahead = [try #require(board.takeAhead()), try #require(board.takeAhead())]
        #expect(board.cancel(tickets[0]))
        #expect(board.cancel(tickets[0]))
        // Taken back before the dispatcher hears of the cancellation.
        board.putBack(ahead[0])
        let taken = board.takeCancelled()
        #expect(taken.queued.map(\.ticket) == [tickets[0]] && taken.taken.isEmpty)
        #expect(board.takeNext() == nil)
        #expect(board.cancel(tickets[1]))
        #expect(board.takeCancelled().taken == [tickets[1]])
        board.finish(ahead[1])
        #expect(!board.cancel(tickets[1]))
        #expect(board.counts == (queued: 0, running: 0))
        _ = try post(job(1), on: board)
        _ = try post(job(2), on: board)
    }

    /// Turns among those that wait count what was sent ahead.
    @Test func lanesTakeTurnsAheadToo() throws {
        let board = openBoard(countMax: 10)
        for consumer in [1, 1, 1, 2, 2, 3] as [UInt8] {
            _ = try post(.echo([], consumer: consumer), on: board)
        }
        var lanes: [ExecutionRequest.Lane] = []
        lanes.append(try #require(board.takeNext()).request.lane)
        while let posted = board.takeAhead() { lanes.append(posted.request.lane) }
        let expected = [1, 2, 3, 1, 2, 1].map { Address.numbered($0) }
        #expect(lanes == expected.map(ExecutionRequest.Lane.consumer))
    }
}

/// Executors that are offered to those who submit.
@Suite struct OfferTests {
    private let board = RequestBoard(countMax: 10, byteCountMax: 1 << 20)
    private let program = TestPrograms.echoID

    /// A line whose other end nobody needs.
    private func offer(_ seat: Int, slots: [ProgramID: UInt16]? = nil) -> OfferedExecutor {
        OfferedExecutor(
            seat: seat, line: ExecutorLine(fileDescriptor: -1), slots: slots ?? [program: 5])
    }

    private func post(_ request: ExecutionRequest) throws -> Posting {
        try board.post(request, started: {}, completion: { _ in })
    }

    private func isGiven(_ request: ExecutionRequest) throws -> Bool {
        if case .given = try post(request) { true } else { false }
    }

    @Test func aRequestGoesToTheFirstExecutorWithItsProgram() throws {
        board.open()
        board.offer([offer(3, slots: [:]), offer(4), offer(5)], freeCoreCount: 2)
        guard case .given(let ticket, let delivery) = try post(.echo([1])) else {
            Issue.record("it was queued")
            return
        }
        #expect(delivery.slot == 5 && delivery.lingers)
        guard case .given(_, let second) = try post(.echo([2])) else {
            Issue.record("it was queued")
            return
        }
        #expect(!second.lingers)
        #expect(board.counts == (queued: 0, running: 2))
        #expect(try !isGiven(.echo([3])), "the third executor does not hold the program")
        let given = board.withdrawOffers()
        #expect(given.map(\.seat) == [4, 5])
        #expect(given.first?.posted.ticket == ticket)
        #expect(board.withdrawOffers().isEmpty)
        // It is a running request as any other.
        #expect(board.cancel(ticket))
        #expect(board.takeCancelled().taken == [ticket])
        for request in given { board.finish(request.posted) }
        #expect(board.counts == (queued: 1, running: 0))
    }

    @Test func whatIsLargeOrNoRunIsQueued() throws {
        board.open()
        board.offer([offer(0)], freeCoreCount: 2)
        let large = [UInt8](repeating: 0, count: ExecutionPoolLimits.smallRequestByteCountMax)
        #expect(try !isGiven(.echo(large)))
        // Behind something that waits, everything waits.
        #expect(try !isGiven(.echo([1])))
        #expect(board.counts == (queued: 2, running: 0))
    }

    @Test func nothingIsOfferedWhileSomethingWaits() throws {
        board.open()
        #expect(try !isGiven(.check(elf: [], vm: .sp1)))
        board.offer([offer(0)], freeCoreCount: 2)
        #expect(try !isGiven(.echo([1])))
        #expect(board.takeNext() != nil && board.takeNext() != nil)
        board.offer([offer(0)], freeCoreCount: 2)
        #expect(try !isGiven(.check(elf: [], vm: .sp1)))
        #expect(board.takeNext() != nil)
        #expect(try isGiven(.echo([1])), "nothing waits any more")
    }
}
