import Bytes
import GuestRuntime
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    /// Nothing of one job is visible to the next in the same executor.
    @Suite struct Leftovers {
        private static let programs: [UInt64: ProgramImage] = [
            1: ProgramImage(elf: LeftoverPrograms.looker, vm: .sp1),
            2: ProgramImage(elf: LeftoverPrograms.scribblerThatLooks, vm: .sp1),
            3: ProgramImage(elf: LeftoverPrograms.greedyScribbler, vm: .sp1),
            4: ProgramImage(elf: LeftoverPrograms.unconstrainedScribbler, vm: .sp1),
            5: ProgramImage(elf: LeftoverPrograms.scribbler, vm: .risc0),
        ]

        private func fixture(_ mode: String?) throws -> PoolFixture {
            try PoolFixture(
                mode: mode, executorCount: 1, programs: { Self.programs[$0.hash.word0] })
        }

        private func run(_ number: UInt64, in fixture: PoolFixture) async throws -> GuestOutcome? {
            let request = ExecutionRequest.dryRun(
                of: .zero, program: TestPrograms.id(number), input: GuestInput(buffers: []),
                maxCycles: 100_000_000)
            guard case .finished(let outcome) = try await fixture.outcome(of: request) else {
                return nil
            }
            return outcome
        }

        @Test func theLookerSeesWhatIsThere() async throws {
            let fixture = try fixture("executor")
            defer { fixture.pool.shutdown() }
            #expect(try await run(2, in: fixture)?.output == [0xEF, 0xBE, 0xAD, 0xDE])
        }

        @Test(arguments: ["executor", nil], [3, 4, 5] as [UInt64])
        func theNextJobFindsZeros(_ mode: String?, _ scribbler: UInt64) async throws {
            let fixture = try fixture(mode)
            defer { fixture.pool.shutdown() }
            let clean = try #require(try await run(1, in: fixture))
            #expect(clean.output == [0, 0, 0, 0])
            let failure = try #require(try await run(scribbler, in: fixture)?.failure)
            // It got to its end, a load from an address that is not there.
            #expect(failure.cause == .invalidMemoryAccess, "\(failure)")
            // Everything, cycles and console included, is as if nothing had been before.
            #expect(try await run(1, in: fixture) == clean)
        }
    }
}
