import Bytes
import Synchronization
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    @Suite struct Cancellation {
        @Test func aQueuedJobNeverRuns() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            let running = try fixture.submit(.endless(1))
            await running.started()
            let queued = try fixture.submit(.endless(2))
            let after = try fixture.submit(.echo([7]))
            fixture.pool.cancel(JobID.numbered(2))
            #expect(await queued.outcome.failure == .cancelled)
            #expect(!queued.hasStarted.isFinished)
            #expect(!running.result.isFinished)
            fixture.pool.cancel(JobID.numbered(1))
            #expect(await running.outcome.failure == .cancelled)
            #expect(await after.outcome.output == [7])
        }

        @Test func aRunningJobIsStoppedAtOnce() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            for number in 0..<5 as Range<UInt64> {
                let running = try fixture.submit(.endless(number))
                await running.started()
                fixture.pool.cancel(.numbered(number))
                #expect(await running.outcome.failure == .cancelled)
            }
            #expect(fixture.pool.statistics.cancellationCount == 5)
            #expect(fixture.pool.statistics.crashCount == 0)
        }

        @Test func aDryRunIsCancelledByItsTicket() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            let running = try fixture.submit(
                .dryRun(
                    of: .zero, program: TestPrograms.endlessID, input: .buffer([]),
                    maxCycles: .max))
            await running.started()
            fixture.pool.cancel(try #require(running.ticket))
            #expect(await running.outcome.failure == .cancelled)
        }

        @Test func whatIsNotThereIsNotCancelled() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            let done = try fixture.submit(.echo([1]))
            #expect(await done.outcome.output == [1])
            fixture.pool.cancel(try #require(done.ticket))
            fixture.pool.cancel(.numbered(99))
            #expect(try await fixture.outcome(of: .echo([2])).output == [2])
            #expect(fixture.pool.statistics.cancellationCount == 0)
        }

        @Test func theSameJobTwiceIsRefusedWhileItIsThere() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            let running = try fixture.submit(.endless(1))
            // Once it has started, only its end frees its place.
            await running.started()
            #expect(throws: ExecutionPoolError.jobAlreadySubmitted) {
                try fixture.submit(.endless(1))
            }
            fixture.pool.cancel(.numbered(1))
            #expect(await running.outcome.failure == .cancelled)
            let again = try fixture.submit(.endless(1))
            fixture.pool.cancel(.numbered(1))
            #expect(await again.outcome.failure == .cancelled)
        }
    }

    @Suite struct QueueAndTurns {
        @Test func aFullQueueSaysSoAndTakesMoreLater() async throws {
            let fixture = try PoolFixture(executorCount: 1) { $0.queuedRequestCountMax = 3 }
            defer { fixture.pool.shutdown() }
            let running = try fixture.submit(.endless(1))
            await running.started()
            let waiting = try (0..<3).map { try fixture.submit(.echo([$0])) }
            let error = #expect(throws: ExecutionPoolError.self) { try fixture.submit(.echo([9])) }
            #expect(error == .queueFull)
            #expect(error?.isRetryable == true)
            fixture.pool.cancel(.numbered(1))
            for submission in waiting { #expect(await submission.outcome.output != nil) }
            #expect(try await fixture.outcome(of: .echo([9])).output == [9])
        }

        @Test func consumersTakeTurns() async throws {
            let fixture = try PoolFixture(executorCount: 1) { $0.spareExecutorCount = 0 }
            defer { fixture.pool.shutdown() }
            let blocking = try fixture.submit(.endless(1))
            await blocking.started()
            let log = StartLog()
            let names = ["a1", "a2", "a3", "a4", "b1", "c1", "b2"]
            var submissions: [Submission] = []
            for name in names {
                let consumer = Array(name.utf8)[0]
                let submission = Submission()
                try fixture.pool.submit(
                    .echo([1], consumer: consumer), started: { log.append(name) },
                    completion: { submission.result.finish($0) })
                submissions.append(submission)
            }
            fixture.pool.cancel(.numbered(1))
            for submission in submissions { _ = await submission.outcome }
            #expect(log.names == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"])
        }

        @Test func aRequestThatFitsInNoMessageIsRefused() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            let byteCount = ExecutionPoolLimits.commandByteCountMax
            let bytes = [UInt8](repeating: 0, count: byteCount)
            let outcome = try await fixture.outcome(of: .echo(bytes))
            #expect(outcome.failure?.reason == "REQUEST_TOO_LARGE")
            #expect(try await fixture.outcome(of: .echo([1])).output == [1])
        }
    }
}

/// The names of requests in the order in which they started.
private final class StartLog: Sendable {
    private let log = Mutex<[String]>([])

    var names: [String] { log.withLock { $0 } }

    func append(_ name: String) { log.withLock { $0.append(name) } }
}
