/// Where a run spends its time, by looking at it now and then: at the ends of slices of irregular
/// length. Nothing of what the guest can see depends on it.
struct RunSampler {
    /// How many looks make a picture.
    private static let lookCountMax = 256
    /// The cycles between two looks, at least: a look costs about as much as 300 instructions.
    private static let intervalMin: Int64 = 16_384
    /// How many instructions a run executes in the time that one is translated in, generously. A first
    /// picture is taken when as much time has passed as translating again takes.
    private static let translationCost: Int64 = 800

    private let interval: Int64
    private var looks: [UInt32] = []
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// - Parameters:
    ///   - instructionCount: that of the program.
    ///   - isFirst: whether no picture of the program was taken before.
    init(instructionCount: Int, isFirst: Bool) {
        let whole = CycleBudget.sliceCyclesMax
        let first = Int64(instructionCount) * Self.translationCost / Int64(Self.lookCountMax)
        interval = isFirst ? min(max(first, Self.intervalMin), whole) : whole
    }

    /// The cycles until the next look: between half the interval and the interval.
    mutating func nextSlice() -> Int64 {
        // xorshift64: any irregular sequence does.
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        // Of the irregular numbers below 2^64, as much as the interval's half is of 2^64.
        let half = UInt64(interval / 2)
        return Int64(half + half.multipliedFullWidth(by: state).high)
    }

    /// The run is at the block at this index; true when the picture is complete.
    mutating func look(at index: UInt32) -> Bool {
        looks.append(index)
        return looks.count == Self.lookCountMax
    }

    /// The uses of registers on the paths that were seen.
    func uses(_ code: CodeImage, _ marks: [UInt8]) -> RegisterUses {
        var counts: [UInt32: UInt64] = [:]
        for look in looks { counts[look, default: 0] += 1 }
        var uses = RegisterUses()
        for (index, count) in counts {
            // The order does not matter: they are sums.
            SampledPath(code, marks, from: Int(index)).count(in: &uses, weight: count)
        }
        return uses
    }
}
