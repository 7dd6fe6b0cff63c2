import Bytes
import Foundation
import GuestRuntime
import Synchronization
import TestSupport
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    /// Requests of all kinds, cancellations and kills at any moment: each request ends once, and as it
    /// should.
    @Suite struct RandomSchedules {
        private enum Kind: CaseIterable {
            case echo, large, failing, long, unknown, check
        }

        /// A request and what may come of it.
        private struct Entry {
            let number: UInt64
            let kind: Kind
            let submission: Submission
            var isCancelled = false
        }

        @Test(arguments: 0..<6 as Range<UInt64>)
        func everythingEndsOnceAndAsItShould(seed: UInt64) async throws {
            var random = SeededRandom(seed: seed)
            let fixture = try PoolFixture(executorCount: Int(1 + random.number(3))) {
                $0.queuedRequestCountMax = 4000
                $0.cachedProgramCountMax = 2
                $0.spareExecutorCount = Int(seed % 2)
                // At times everything is sent ahead and has to be taken back, at times as usual.
                if seed % 3 > 0 { $0.shortRunDuration = .seconds(1) }
                if seed % 3 > 1 { $0.aheadPatience = .milliseconds(20) }
            }
            defer { fixture.pool.shutdown() }
            var entries: [Entry] = []
            var killCount = 0
            for number in 0..<400 as Range<UInt64> {
                entries.append(try submit(number, random.choice(Kind.allCases), fixture))
                if random.isOne(in: 12) {
                    let index = Int(random.number(UInt32(entries.count)))
                    fixture.pool.cancel(.numbered(entries[index].number))
                    entries[index].isCancelled = true
                }
                if random.isOne(in: 40), let child = ChildProcesses.ids().randomElement() {
                    kill(child, SIGKILL)
                    killCount += 1
                }
                if random.isOne(in: 8) {
                    try await Task.sleep(for: .microseconds(Int64(random.number(5000))))
                }
            }
            var crashedCount = 0
            for entry in entries {
                let outcome = await entry.submission.outcome
                if outcome.failure == .executorCrashed("signal 9") {
                    crashedCount += 1
                } else {
                    #expect(isRight(outcome, entry), "seed \(seed), \(entry.kind): \(outcome)")
                }
            }
            #expect(crashedCount <= killCount, "seed \(seed)")
            let statistics = fixture.pool.statistics
            #expect(statistics.queuedCount == 0 && statistics.runningCount == 0)
            #expect(statistics.crashCount <= killCount)
            #expect(statistics.timeoutCount == 0)
        }

        private func submit(
            _ number: UInt64, _ kind: Kind, _ fixture: PoolFixture
        ) throws -> Entry {
            let image = TestPrograms.echo
            guard kind != .check else {
                let submission = try fixture.submit(.check(elf: image.elf, vm: image.vm))
                return Entry(number: number, kind: kind, submission: submission)
            }
            let program =
                switch kind {
                case .echo, .check: TestPrograms.id(100 + number % 3)
                case .large: TestPrograms.echoID
                case .failing: TestPrograms.failingID
                case .long: TestPrograms.endlessID
                case .unknown: TestPrograms.unknownID
                }
            let request = ExecutionRequest.job(
                .numbered(number), of: .numbered(UInt8(number % 4)), program: program,
                input: .buffer(input(number, kind)), maxCycles: kind == .long ? 3_000_000 : 1 << 30)
            return Entry(number: number, kind: kind, submission: try fixture.submit(request))
        }

        private func input(_ number: UInt64, _ kind: Kind) -> [UInt8] {
            let text = Array("request \(number) ".utf8)
            return kind == .large ? (0..<3000).flatMap { _ in text } : text
        }

        private func isRight(_ outcome: ExecutionOutcome, _ entry: Entry) -> Bool {
            if entry.isCancelled, outcome.failure == .cancelled { return true }
            switch entry.kind {
            case .echo, .large: return outcome.output == input(entry.number, entry.kind)
            case .failing: return outcome.guestFailure == .nonZeroExit
            case .long: return outcome.guestFailure == .cycleLimitExceeded
            case .unknown: return outcome.failure == .programUnknown(TestPrograms.unknownID)
            case .check:
                if case .programAccepted = outcome { return true }
                return false
            }
        }
    }
}
