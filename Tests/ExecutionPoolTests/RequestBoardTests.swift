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
        try board.post(request, started: {}, completion: { _ in })
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
        #expect(board.takeCancelled().running == [ticket])
        #expect(board.takeCancelled().running.isEmpty)
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
}
