import Bytes
import GuestRuntime
import TestSupport
import Testing

@testable import ExecutionPool

@Suite struct ExecutorRunsTests {
    private static let start = ContinuousClock.now
    private static let limit = Duration.seconds(900)

    private func posted(_ number: UInt64) -> PostedRequest {
        let request = ExecutionRequest.echo([])
        return PostedRequest(
            ticket: ticket(number), request: request, started: {}, completion: { _ in })
    }

    private func ticket(_ number: UInt64) -> ExecutionTicket { ExecutionTicket(number: number) }

    private func runs(_ count: UInt64) -> ExecutorRuns {
        var runs = ExecutorRuns(posted(0), at: Self.start, limit: Self.limit)
        for number in 1..<max(1, count) { runs.append(posted(number)) }
        return runs
    }

    private func answer(
        _ runs: inout ExecutorRuns, _ number: UInt64, bySkipping: Bool = false,
        after duration: Duration = .zero
    ) -> ExecutorRuns.Answered? {
        runs.answered(
            ticket(number), bySkipping: bySkipping, at: Self.start + duration, limit: Self.limit)
    }

    @Test func answersComeInOrderAndEachRequestHasItsOwnTime() throws {
        var runs = runs(3)
        #expect(runs.current?.ticket == ticket(0))
        #expect(runs.ahead.map(\.ticket) == [ticket(1), ticket(2)])
        for number in 0..<3 as Range<UInt64> {
            #expect(answer(&runs, number + 1) == nil, "not its turn")
            #expect(answer(&runs, number, bySkipping: true) == nil, "it was not to be skipped")
            let time = Duration.milliseconds(Int64(number) + 1)
            guard case .request(let posted) = answer(&runs, number, after: time) else {
                Issue.record("the answer was not taken")
                return
            }
            #expect(posted.ticket == ticket(number))
            #expect(runs.start == Self.start + time)
            #expect(runs.deadline == Self.start + time + Self.limit)
        }
        #expect(runs.count == 0 && runs.current == nil)
        #expect(answer(&runs, 2) == nil)
    }

    /// One that was begun just before it was to be skipped is answered as any other; nobody waits for it,
    /// and it has little time.
    @Test(arguments: [false, true])
    func whatIsSkippedIsWorthNothing(_ bySkipping: Bool) throws {
        var runs = runs(3)
        // The executor is at 0, and there is no 7.
        let answers = [0, 1, 1, 7].map { runs.skip(ticket($0)) }
        #expect(answers == [false, true, false, false])
        #expect(runs.ahead.map(\.ticket) == [ticket(2)])
        #expect(runs.hasSkipped)
        #expect(answer(&runs, 0) != nil)
        #expect(runs.current == nil)
        #expect(runs.deadline == Self.start + ExecutionPoolLimits.skipLimit)
        #expect(runs.ahead.map(\.ticket) == [ticket(2)])
        guard case .skipped = answer(&runs, 1, bySkipping: bySkipping) else {
            Issue.record("the answer was not taken for what it is")
            return
        }
        #expect(!runs.hasSkipped)
        #expect(runs.current?.ticket == ticket(2))
        #expect(runs.deadline == Self.start + Self.limit)
    }

    /// Against a list of what is expected, in random order.
    @Test func randomOrders() {
        var random = SeededRandom(seed: 41)
        for round in 0..<500 {
            var model: [(number: UInt64, isSkipped: Bool)] = [(0, false)]
            var runs = runs(1)
            var next: UInt64 = 1
            while !model.isEmpty {
                switch random.number(4) {
                case 0 where model.count < 6:
                    runs.append(posted(next))
                    model.append((next, false))
                    next += 1
                case 1:
                    let index = Int(random.number(UInt32(model.count)))
                    let expected = index > 0 && !model[index].isSkipped
                    let isSkipped = runs.skip(ticket(model[index].number))
                    #expect(isSkipped == expected)
                    if expected { model[index].isSkipped = true }
                default:
                    let first = model.removeFirst()
                    let answered = answer(
                        &runs, first.number, bySkipping: first.isSkipped && random.isOne(in: 2))
                    switch answered {
                    case .request(let posted):
                        #expect(posted.ticket.number == first.number && !first.isSkipped)
                    case .skipped: #expect(first.isSkipped)
                    case nil: Issue.record("round \(round): not taken")
                    }
                }
                #expect(runs.count == model.count)
                #expect(runs.hasSkipped == model.contains { $0.isSkipped })
                let ahead = model.dropFirst().filter { !$0.isSkipped }.map(\.number)
                #expect(runs.ahead.map(\.ticket.number) == ahead)
            }
        }
    }
}
