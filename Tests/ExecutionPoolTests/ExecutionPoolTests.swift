import Bytes
import GuestRuntime
import Testing

@testable import ExecutionPool

/// Everything that starts processes, one test after another: they count children and descriptors.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ExecutionPoolTests {
    /// What holds in processes and on threads of this process.
    @Suite struct BothModes {
        static let modes = ["executor", nil]

        @Test(arguments: modes)
        func aGuestAnswers(_ mode: String?) async throws {
            let fixture = try PoolFixture(mode: mode)
            defer { fixture.pool.shutdown() }
            let outcome = try await fixture.outcome(of: .echo([1, 2, 3]))
            #expect(outcome.output == [1, 2, 3])
        }

        @Test(arguments: modes)
        func aGuestThatFailsIsNoFailureOfThePool(_ mode: String?) async throws {
            let fixture = try PoolFixture(mode: mode)
            defer { fixture.pool.shutdown() }
            let request = ExecutionRequest.dryRun(
                of: .zero, program: TestPrograms.failingID, input: .buffer([]), maxCycles: 1000)
            guard case .finished(let outcome) = try await fixture.outcome(of: request),
                case .failed(let failure) = outcome.status
            else {
                Issue.record("the guest did not fail")
                return
            }
            #expect(outcome.exitCode == 3)
            #expect("\(failure)".contains("3"))
        }

        @Test(arguments: modes)
        func largeInputsAndOutputsPass(_ mode: String?) async throws {
            let fixture = try PoolFixture(mode: mode)
            defer { fixture.pool.shutdown() }
            let bytes = (0..<1_500_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
            let outcome = try await fixture.outcome(of: .echo(bytes))
            #expect(outcome.output == bytes)
        }

        @Test(arguments: modes)
        func manyRequestsFromManyThreadsAllEndWithTheirOwnOutput(_ mode: String?) async throws {
            let fixture = try PoolFixture(mode: mode) { $0.queuedRequestCountMax = 2000 }
            defer { fixture.pool.shutdown() }
            let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<1000 {
                    group.addTask {
                        let bytes = Array("request \(number)".utf8)
                        let request = ExecutionRequest.echo(bytes, consumer: UInt8(number % 7))
                        return try await fixture.outcome(of: request).output != bytes
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wrong == 0)
            #expect(fixture.pool.statistics.finishedCount == 1000)
            #expect(fixture.pool.statistics.queuedCount == 0)
            #expect(fixture.pool.statistics.runningCount == 0)
            #expect(fixture.pool.statistics.crashCount == 0)
        }

        @Test(arguments: modes)
        func programsAreChecked(_ mode: String?) async throws {
            let fixture = try PoolFixture(mode: mode)
            defer { fixture.pool.shutdown() }
            let image = TestPrograms.echo
            let good = try await fixture.outcome(of: .check(elf: image.elf, vm: image.vm))
            guard case .programAccepted(let id) = good else {
                Issue.record("\(good)")
                return
            }
            let expected = try GuestProgram(elf: image.elf, vm: image.vm).computedID
            #expect(id == expected)
            for elf in [[], [0x7f], Array(image.elf.prefix(60)), Array(image.elf.dropFirst())] {
                let bad = try await fixture.outcome(of: .check(elf: elf, vm: image.vm))
                guard case .programRefused(let reason) = bad else {
                    Issue.record("\(bad)")
                    return
                }
                #expect(!reason.isEmpty)
            }
        }

        @Test(arguments: modes)
        func anUnknownProgramIsSaidToBeUnknown(_ mode: String?) async throws {
            let fixture = try PoolFixture(mode: mode)
            defer { fixture.pool.shutdown() }
            let request = ExecutionRequest.echo([], program: TestPrograms.unknownID)
            let outcome = try await fixture.outcome(of: request)
            #expect(outcome.failure == .programUnknown(TestPrograms.unknownID))
        }

        @Test(arguments: modes)
        func moreProgramsThanFitAreLoadedAgain(_ mode: String?) async throws {
            let fixture = try PoolFixture(mode: mode, executorCount: 1) {
                $0.cachedProgramCountMax = 3
            }
            defer { fixture.pool.shutdown() }
            for round in 0..<30 as Range<UInt64> {
                let program = TestPrograms.id(100 + round * 7 % 10)
                let bytes = [UInt8(round)]
                let outcome = try await fixture.outcome(of: .echo(bytes, program: program))
                #expect(outcome.output == bytes)
            }
        }

        @Test(arguments: modes)
        func aPoolThatIsNotRunningTakesNothing(_ mode: String?) async throws {
            let fixture = try PoolFixture(mode: mode)
            fixture.pool.shutdown()
            fixture.pool.shutdown()
            #expect(throws: ExecutionPoolError.notRunning) { try fixture.submit(.echo([])) }
            #expect(throws: ExecutionPoolError.notRunning) { try fixture.pool.start() }
        }
    }
}
