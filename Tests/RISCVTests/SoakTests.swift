import Testing

/// A few of the comparisons that `make soak-machine` makes without end. One case is one seed, so each can
/// be repeated alone.
@Suite struct SoakTests {
    /// Programs of all kinds, engines against each other.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func someCases(batch: UInt64) throws {
        for seed in batch * 100..<batch * 100 + 100 { try check(seed) }
    }

    /// Cases in which a difference was found once.
    @Test(arguments: [256_007_022_853_568] as [UInt64])
    func formerDifferences(seed: UInt64) throws { try check(seed) }

    private func check(_ seed: UInt64) throws {
        if let report = try MachineCase(seed: seed).judged().report {
            Issue.record("\(report)")
        }
    }
}
