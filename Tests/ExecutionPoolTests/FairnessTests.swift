import Bytes
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    /// Long runs of one consumer and those who come after it.
    @Suite struct Fairness {
        @Test func aConsumerWhoseRunsHoldEveryExecutorDoesNotHoldUpOthers() async throws {
            let fixture = try PoolFixture(executorCount: 2)
            defer { fixture.pool.shutdown() }
            let long = try (0..<6).map { try fixture.submit(.endless($0, consumer: 1)) }
            await long[0].started()
            await long[1].started()
            for number in 0..<20 as Range<UInt8> {
                let outcome = try await fixture.outcome(of: .echo([number], consumer: 2))
                #expect(outcome.output == [number])
            }
            let bytes: [UInt8] = [9]
            #expect(try await fixture.outcome(of: .echo(bytes, consumer: 3)).output == bytes)
            // The spare executor is not for those who have their share.
            #expect(long[2...].allSatisfy { !$0.hasStarted.isFinished })
            #expect(fixture.pool.statistics.spareRunCount == 21)
        }

        @Test func aCheckIsNotHeldUpEither() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            let long = try fixture.submit(.endless(1, consumer: 1))
            await long.started()
            let image = TestPrograms.echo
            let outcome = try await fixture.outcome(of: .check(elf: image.elf, vm: image.vm))
            guard case .programAccepted = outcome else {
                Issue.record("\(outcome)")
                return
            }
        }

        @Test func whoHasLessRunningIsServedFirst() async throws {
            let fixture = try PoolFixture(executorCount: 2) { $0.spareExecutorCount = 0 }
            defer { fixture.pool.shutdown() }
            let long = try (0..<3).map { try fixture.submit(.endless($0, consumer: 1)) }
            await long[0].started()
            await long[1].started()
            let other = try fixture.submit(.endless(10, consumer: 2))
            fixture.pool.cancel(.numbered(0))
            await other.started()
            #expect(!long[2].hasStarted.isFinished)
        }

        @Test func shortRunsNeedNoSpareExecutor() async throws {
            let fixture = try PoolFixture(executorCount: 1)
            defer { fixture.pool.shutdown() }
            for number in 0..<50 as Range<UInt8> {
                let outcome = try await fixture.outcome(of: .echo([number], consumer: number % 5))
                #expect(outcome.output == [number])
            }
            #expect(fixture.pool.statistics.spareRunCount == 0)
            #expect(ChildProcesses.ids().count == 1)
        }
    }
}
