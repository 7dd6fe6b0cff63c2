import Bytes
import Foundation
import GuestRuntime
import Synchronization
import TestSupport
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    /// Requests that are sent to an executor ahead of the one that it works at, and those that the
    /// submitting thread gives to one.
    @Suite struct Ahead {
        /// A pool that sends ahead whatever runs, and takes back what has waited for `patience`.
        private func fixture(
            executorCount: Int = 1, spareCount: Int = 0, patience: Duration = .seconds(600)
        ) throws -> PoolFixture {
            try PoolFixture(executorCount: executorCount) { configuration in
                configuration.spareExecutorCount = spareCount
                configuration.shortRunDuration = .seconds(600)
                configuration.aheadPatience = patience
                configuration.queuedRequestCountMax = 4000
            }
        }

        /// Echoes behind a run that never ends, and as many of them in the executor as go there.
        private func echoes(_ count: UInt64, in fixture: PoolFixture) async throws -> [Submission] {
            let submissions = try (0..<count).map { try fixture.submit(job($0 + 100)) }
            let expected = min(Int(count), ExecutionPoolLimits.aheadCountMax)
            #expect(
                await ChildProcesses.eventually {
                    fixture.pool.statistics.sentAheadCount == expected
                })
            return submissions
        }

        /// A job that echoes its number.
        private func job(_ number: UInt64, consumer: UInt8 = 0) -> ExecutionRequest {
            .job(
                .numbered(number), of: .numbered(consumer), program: TestPrograms.echoID,
                input: .buffer(Array("\(number)".utf8)), maxCycles: 1_000_000)
        }

        /// A job that takes a while and then meets its limit.
        private func long(_ number: UInt64, cycles: UInt64 = 400_000_000) -> ExecutionRequest {
            .job(
                .numbered(number), of: .zero, program: TestPrograms.endlessID, input: .buffer([]),
                maxCycles: cycles)
        }

        @Test(arguments: [1, 3, 20] as [UInt64])
        func aCrashCostsTheOneThatRan(_ count: UInt64) async throws {
            let fixture = try fixture()
            defer { fixture.pool.shutdown() }
            let running = try fixture.submit(.endless(1))
            await running.started()
            let behind = try await echoes(count, in: fixture)
            #expect(behind.allSatisfy { !$0.hasStarted.isFinished })
            let child = try #require(ChildProcesses.ids().first)
            #expect(kill(child, SIGKILL) == 0)
            #expect(await running.outcome.failure == .executorCrashed("signal 9"))
            for (number, submission) in behind.enumerated() {
                #expect(await submission.outcome.output == Array("\(number + 100)".utf8))
            }
            #expect(fixture.pool.statistics.crashCount == 1)
            #expect(fixture.pool.statistics.finishedCount == Int(count) + 1)
        }

        @Test func cancellingTheOneThatRunsCostsNoOther() async throws {
            let fixture = try fixture()
            defer { fixture.pool.shutdown() }
            let running = try fixture.submit(.endless(1))
            await running.started()
            let behind = try await echoes(3, in: fixture)
            fixture.pool.cancel(.numbered(1))
            #expect(await running.outcome.failure == .cancelled)
            for (number, submission) in behind.enumerated() {
                #expect(await submission.outcome.output == Array("\(number + 100)".utf8))
            }
            #expect(fixture.pool.statistics.crashCount == 0)
        }

        @Test func oneThatWasSentAheadIsCancelledAtOnceAndNeverRuns() async throws {
            let fixture = try fixture()
            defer { fixture.pool.shutdown() }
            let running = try fixture.submit(long(1))
            await running.started()
            let behind = try await echoes(3, in: fixture)
            fixture.pool.cancel(.numbered(101))
            #expect(await behind[1].outcome.failure == .cancelled)
            #expect(!running.result.isFinished)
            #expect(await running.outcome.guestFailure == .cycleLimitExceeded)
            #expect(await behind[0].outcome.output == Array("100".utf8))
            #expect(await behind[2].outcome.output == Array("102".utf8))
            #expect(!behind[1].hasStarted.isFinished)
            // The executor heard of it and lives.
            #expect(fixture.pool.statistics.restartCount == 0)
            #expect(fixture.pool.statistics.cancellationCount == 0)
        }

        /// One that turns out to be long does not hold up those behind it.
        @Test func whatWaitsBehindALongRunIsTakenBack() async throws {
            let fixture = try fixture(spareCount: 1, patience: .milliseconds(5))
            defer { fixture.pool.shutdown() }
            #expect(try await fixture.outcome(of: job(1)).output != nil)
            let running = try fixture.submit(.endless(2))
            let other = try fixture.submit(job(3, consumer: 7))
            // By the spare executor.
            #expect(await other.outcome.output == Array("3".utf8))
            #expect(!running.result.isFinished)
            // On a busy machine the patience may be over before anything could be sent ahead.
            let statistics = fixture.pool.statistics
            #expect(statistics.takenBackCount == statistics.sentAheadCount)
            #expect(statistics.spareRunCount == 1)
        }

        /// The executor is told, and takes the next request when it is through.
        @Test func whatWasTakenBackIsNotRunTwice() async throws {
            let fixture = try fixture(executorCount: 2, patience: .milliseconds(5))
            defer { fixture.pool.shutdown() }
            for round in 0..<5 as Range<UInt64> {
                let first = round * 100
                let runs = [long(first), long(first + 1, cycles: 40_000_000)]
                let running = try runs.map { try fixture.submit($0) }
                let behind = try (2..<20).map { try fixture.submit(job(first + $0)) }
                for (number, submission) in behind.enumerated() {
                    let expected = Array("\(first + UInt64(number) + 2)".utf8)
                    #expect(await submission.outcome.output == expected)
                }
                for submission in running {
                    #expect(await submission.outcome.guestFailure == .cycleLimitExceeded)
                }
            }
            #expect(fixture.pool.statistics.takenBackCount > 0)
            #expect(fixture.pool.statistics.restartCount == 0)
            #expect(fixture.pool.statistics.finishedCount == 5 * 20)
        }

        @Test func thoseSentAheadCountAsWaiting() async throws {
            let fixture = try PoolFixture(executorCount: 1) { configuration in
                configuration.shortRunDuration = .seconds(600)
                configuration.aheadPatience = .seconds(600)
                configuration.queuedRequestCountMax = 4
            }
            let running = try fixture.submit(.endless(1))
            await running.started()
            var behind = try await echoes(3, in: fixture)
            #expect(throws: ExecutionPoolError.jobAlreadySubmitted) { try fixture.submit(job(100)) }
            behind.append(try fixture.submit(job(5)))
            #expect(throws: ExecutionPoolError.queueFull) { try fixture.submit(job(6)) }
            #expect(fixture.pool.statistics.queuedCount == 4)
            #expect(fixture.pool.statistics.runningCount == 1)
            fixture.pool.shutdown()
            for submission in behind + [running] {
                #expect(await submission.outcome.failure == .shutDown)
            }
        }

        /// Nothing waits, and so the submitting thread sends what it submits.
        @Test func anIdleExecutorIsGivenRequestsStraightAway() async throws {
            let fixture = try fixture(executorCount: 2)
            defer { fixture.pool.shutdown() }
            for number in 0..<200 as Range<UInt64> {
                #expect(try await fixture.outcome(of: job(number)).output != nil)
            }
            // All but those that came before the program was there, or before an offer was.
            #expect(fixture.pool.statistics.givenCount > 100)
            let running = try fixture.submit(.endless(1000))
            await running.started()
            fixture.pool.cancel(.numbered(1000))
            #expect(await running.outcome.failure == .cancelled)
        }
    }
}

extension ExecutionOutcome {
    /// Why the guest failed; nil when it did not, or did not run.
    var guestFailure: GuestFailure.Cause? {
        guard case .finished(let outcome) = self else { return nil }
        return outcome.failure?.cause
    }
}
