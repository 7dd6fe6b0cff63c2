/// How much is gained when a way needs no evening out (`ChargeMap`): more in loops than in any outside of them,
/// and most of all where a run was seen to go.
struct ChargePriorities {
    /// What evening out costs on a way.
    enum Cost: UInt8 {
        case fallThrough = 1
        /// An instruction more.
        case jump
        /// A jump more.
        case branch
    }

    /// The depth of the last instruction of each block.
    private let depths: [UInt8]
    private let ways: [RunPicture.Way: UInt64]

    /// How much a loop outweighs.
    private static let depth: UInt8 = 4
    /// The way back to where a loop begins: the only one that every round goes.
    private static let loop = depth * UInt8(LoopDepths.depthMax) + depth
    /// A jump through a table in a loop: that of an interpreter is the way most rounds go.
    private static let dispatch = loop + 1
    /// Ways that a run was seen to go outweigh all others.
    private static let seen = dispatch + 1

    /// - Parameter seen: what a run was seen to do, if one was.
    init(_ blocks: Blocks, _ depths: LoopDepths, seen: RunPicture?) {
        self.depths = depths.of(blocks.count) { Int(blocks.starts[$0 + 1]) - 1 }
        ways = seen?.ways ?? [:]
    }

    /// That of the way from a block to another, by their numbers.
    ///
    /// - Parameter isRound: whether it leads back to where was charged for it.
    @inline(__always)
    func of(_ source: Int, to target: Int32, _ cost: Cost, isRound: Bool) -> UInt8 {
        if let weight = weight(source, target) { return Self.seen(weight, cost) }
        return isRound ? Self.loop : depths[source] * Self.depth + cost.rawValue
    }

    /// That of a way behind a jump whose target is computed.
    func ofComputed(_ source: Int, isTable: Bool) -> UInt8 {
        if let weight = weight(source, RunPicture.Way.computed) { return Self.seen(weight, .jump) }
        let depth = depths[source] * Self.depth
        return isTable && depth > 0 ? Self.dispatch : depth + Cost.jump.rawValue
    }

    /// What a way weighs that a run was seen to go; nil when none was.
    @inline(__always)
    private func weight(_ source: Int, _ target: Int32) -> UInt64? {
        if ways.isEmpty { return nil }
        return ways[RunPicture.Way(from: Int32(truncatingIfNeeded: source), to: target)]
    }

    /// Eight times the binary logarithm of what evening out costs there, about.
    private static func seen(_ weight: UInt64, _ cost: Cost) -> UInt8 {
        // A picture's paths weigh less than 2^32.
        let all = weight &* UInt64(cost.rawValue)
        let bitCount = UInt64(UInt64.bitWidth - all.leadingZeroBitCount)
        // The three bits behind the first.
        let fraction = bitCount > 3 ? all &>> (bitCount &- 4) & 7 : 0
        return UInt8(clamping: UInt64(seen) + 8 * bitCount + fraction)
    }
}
