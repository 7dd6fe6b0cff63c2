import Foundation
import RISCV
import TestSupport
import Testing

/// Random comparisons without end, for `make soak-machine`: TANDEM_SOAK_SECONDS says for how long,
/// TANDEM_SOAK_SEED where to start. One case is one seed, so each can be repeated alone.
@Suite struct SoakTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seconds = Int(environment["TANDEM_SOAK_SECONDS"] ?? "0") ?? 0
    private static let differenceCountMax = 10

    /// A few cases on each run of the tests: programs of all kinds, engines against each other.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func someCases(batch: UInt64) throws {
        for seed in batch * 100..<batch * 100 + 100 {
            _ = try Self.compare(MachineCase(seed: seed))
        }
    }

    /// Cases in which a difference was found once.
    @Test(arguments: [256_007_022_853_568] as [UInt64])
    func formerDifferences(seed: UInt64) throws { _ = try Self.compare(MachineCase(seed: seed)) }

    @Test(.enabled(if: seconds > 0)) func soak() throws {
        let given = Self.environment["TANDEM_SOAK_SEED"].flatMap { UInt64($0) }
        var seed = given ?? UInt64.random(in: 1 << 20...1 << 48)
        print("soak: \(Self.seconds) s from seed \(seed)")
        let start = ContinuousClock.now
        var (cases, instructions, differences): (UInt64, UInt64, Int) = (0, 0, 0)
        var nextReport = 10.0
        while differences < Self.differenceCountMax {
            let elapsed = (ContinuousClock.now - start) / .seconds(1)
            if elapsed >= nextReport || elapsed >= Double(Self.seconds) {
                let rate = Double(instructions) / elapsed / 1e6
                print(
                    "soak: \(Int(elapsed)) s, \(cases) programs, \(instructions) instructions, "
                        + "\(Int(rate * 10)) / 10 million a second, seed \(seed), "
                        + "\(differences) differences")
                nextReport = elapsed + 60
            }
            if elapsed >= Double(Self.seconds) { break }
            let outcome = try Self.compare(MachineCase(seed: seed))
            if outcome.difference != nil { differences += 1 }
            instructions += outcome.instructions
            cases += 1
            seed += 1
        }
    }

    /// Compares the machine with the specification; says everything about a difference.
    private static func compare(_ drawn: MachineCase) throws -> Lockstep.Outcome {
        let pair: (MachineKind, MachineKind) = (.specification, .translator)
        let outcome = try drawn.compare(pair.0, pair.1)
        if let difference = outcome.difference {
            let small = drawn.minimised(pair.0, pair.1)
            Issue.record(
                """
                case \(drawn.seed), \(drawn.stride), at most \(drawn.cycleCountMax) cycles: \
                \(difference)
                \(Minimiser.listing(small))
                """)
        }
        return outcome
    }
}
