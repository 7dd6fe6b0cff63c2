import Bytes
import Foundation
import GuestRuntime
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    /// Executors that die, hang or lie.
    @Suite struct Failures {
        @Test func killingAnExecutorCostsThatOneJob() async throws {
            let fixture = try PoolFixture(executorCount: 2)
            defer { fixture.pool.shutdown() }
            let victim = try fixture.submit(.endless(1))
            await victim.started()
            let busy = try #require(await busyChild())
            let waiting = try (0..<20).map { try fixture.submit(.echo([$0])) }
            #expect(kill(busy, SIGKILL) == 0)
            #expect(await victim.outcome.failure == .executorCrashed("signal 9"))
            for (number, submission) in waiting.enumerated() {
                #expect(await submission.outcome.output == [UInt8(number)])
            }
            #expect(await ChildProcesses.eventually { ChildProcesses.ids().count == 2 })
            #expect(!ChildProcesses.ids().contains(busy))
            #expect(fixture.pool.statistics.crashCount == 1)
            #expect(
                await ChildProcesses.eventually { fixture.pool.statistics.restartCount == 1 })
        }

        /// Executors are killed at any moment while many jobs go through.
        @Test func everyKillCostsOneJobAtMost() async throws {
            let fixture = try PoolFixture(executorCount: 2) { $0.queuedRequestCountMax = 3000 }
            defer { fixture.pool.shutdown() }
            let submissions = try (0..<3000).map { number in
                try fixture.submit(.echo(Array("\(number)".utf8), consumer: UInt8(number % 5)))
            }
            var killCount = 0
            while killCount < 15, fixture.pool.statistics.queuedCount > 0 {
                // At times too soon for a new one to have started.
                try await Task.sleep(for: .milliseconds(Int64(killCount % 4 * 60)))
                guard let child = ChildProcesses.ids().randomElement() else { continue }
                kill(child, SIGKILL)
                killCount += 1
            }
            var lostCount = 0
            for (number, submission) in submissions.enumerated() {
                let outcome = await submission.outcome
                if outcome.failure == .executorCrashed("signal 9") {
                    lostCount += 1
                } else {
                    #expect(outcome.output == Array("\(number)".utf8))
                }
            }
            #expect(lostCount <= killCount)
            #expect(lostCount <= fixture.pool.statistics.crashCount)
            #expect(fixture.pool.statistics.finishedCount == 3000)
        }

        @Test func aGuestThatWantsTooMuchMemoryCostsItselfOnly() async throws {
            let greedy = ProgramImage(elf: LeftoverPrograms.insatiable, vm: .sp1)
            let fixture = try PoolFixture(
                executorCount: 1,
                programs: {
                    $0 == TestPrograms.id(7) ? greedy : TestPrograms.find($0)
                })
            defer { fixture.pool.shutdown() }
            let request = ExecutionRequest.dryRun(
                of: .zero, program: TestPrograms.id(7), input: .buffer([]), maxCycles: 100_000_000)
            guard case .finished(let outcome) = try await fixture.outcome(of: request) else {
                Issue.record("the executor did not survive")
                return
            }
            #expect(outcome.failure?.cause == .memoryLimitExceeded)
            #expect(try await fixture.outcome(of: .echo([1])).output == [1])
            #expect(fixture.pool.statistics.crashCount == 0)
        }

        @Test func aKilledIdleExecutorIsReplacedAndNobodyNotices() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            for number in 0..<5 as Range<UInt8> {
                let child = try #require(ChildProcesses.ids().first)
                #expect(try await fixture.outcome(of: .echo([number])).output == [number])
                #expect(kill(child, SIGKILL) == 0)
                #expect(
                    await ChildProcesses.eventually {
                        // One look: between two, the old one may go before the new one comes.
                        let children = ChildProcesses.ids()
                        return children.count == 1 && children != [child]
                    })
            }
            #expect(fixture.pool.statistics.crashCount == 5)
        }

        @Test(arguments: [
            ("dies-on-command", "exit status 42"), ("garbage", "it sent what is no reply"),
            ("huge-length", "it sent what is no reply"),
            ("answers-for-another", "it sent what is no reply"), ("hangs-up", "signal 9"),
            ("breaks-out", "signal 31, a system call that the sandbox forbids"),
        ])
        func whoeverDoesNotAnswerProperlyIsReplaced(_ mode: String, _ end: String) async throws {
            let fixture = try PoolFixture(mode: mode, executorCount: 1)
            defer { fixture.pool.shutdown() }
            for _ in 0..<3 {
                let outcome = try await fixture.outcome(of: .echo([1]))
                #expect(outcome.failure == .executorCrashed(end))
            }
            #expect(fixture.pool.statistics.crashCount == 3)
        }

        @Test(arguments: ["dies-at-start", "silent", "other-version"])
        func whoeverDoesNotSayHelloIsRestartedEverMoreSlowly(_ mode: String) async throws {
            let start = ContinuousClock.now
            let fixture = try PoolFixture(mode: mode, executorCount: 1) {
                $0.startupLimit = .milliseconds(20)
            }
            let submission = try fixture.submit(.echo([1]))
            #expect(
                await ChildProcesses.eventually { fixture.pool.statistics.restartCount >= 6 })
            let count = fixture.pool.statistics.restartCount
            let elapsed = ContinuousClock.now - start
            // However slow the machine: so many starts need the pauses between them.
            var backoff = RestartBackoff()
            #expect(elapsed >= (0..<count).reduce(.zero) { sum, _ in sum + backoff.died() })
            #expect(!submission.result.isFinished)
            fixture.pool.shutdown()
            #expect(await submission.outcome.failure == .shutDown)
        }

        @Test func aProgramThatCannotBeStartedIsAnErrorAtOnce() throws {
            let descriptors = ChildProcesses.descriptors()
            let error = #expect(throws: ExecutionPoolError.self) {
                _ = try PoolFixture { configuration in
                    configuration.executors = .processes(
                        executable: "/nonexistent/executor", arguments: ["executor"])
                }
            }
            #expect(error == .systemRefused(call: "posix_spawn", errorNumber: ENOENT))
            #expect(ChildProcesses.descriptors() == descriptors)
        }

        @Test func aWrongConfigurationIsNamed() {
            #expect(throws: ExecutionPoolError.self) { try PoolFixture(executorCount: 0) }
            #expect(throws: ExecutionPoolError.self) {
                try PoolFixture { $0.cachedProgramCountMax = 0 }
            }
            #expect(throws: ExecutionPoolError.self) {
                try PoolFixture { $0.wallClockLimit = .zero }
            }
        }

        @Test func theWallClockEndsWhatTakesTooLong() async throws {
            // What is done afterwards has to end within it, on a loaded machine too.
            let limit = Duration.seconds(3)
            let fixture = try PoolFixture(executorCount: 1) { $0.wallClockLimit = limit }
            defer { fixture.pool.shutdown() }
            let start = ContinuousClock.now
            let outcome = try await fixture.outcome(of: .endless(1))
            #expect(outcome.failure == .wallClockExceeded(limit: limit))
            #expect(outcome.failure?.reason == "EXECUTOR_TIMED_OUT")
            #expect(ContinuousClock.now - start >= limit)
            #expect(try await fixture.outcome(of: .echo([1])).output == [1])
            #expect(fixture.pool.statistics.timeoutCount == 1)
            #expect(fixture.pool.statistics.crashCount == 0)
        }

        /// The one child that is computing: it uses more time than the start of another takes.
        private func busyChild() async -> Int32? {
            let ids = ChildProcesses.ids()
            let before = ids.map { ChildProcesses.processorTicks(of: $0) }
            var busy: Int32?
            _ = await ChildProcesses.eventually {
                busy =
                    zip(ids, before).first { id, ticks in
                        ChildProcesses.processorTicks(of: id) > ticks + 50
                    }?.0
                return busy != nil
            }
            return busy
        }
    }
}
