/// What is executed between two looks at the budget, as far as the code tells: every branch is taken half of
/// the times, ways back lead to the next look.
struct SampledPath {
    /// How often a block on the path is executed, in shares of `whole`.
    private struct Block {
        let first: Int
        let last: Int
        let share: UInt64
    }

    private static let whole: UInt64 = 1 << 20
    /// What is further away is not looked at.
    private static let blockCountMax = 128

    private let code: CodeImage
    private let marks: [UInt8]
    private var blocks: [Block] = []
    private var cycles: UInt64 = 0

    /// The path that begins at the instruction at `index`.
    init(_ code: CodeImage, _ marks: [UInt8], from index: Int) {
        self.code = code
        self.marks = marks
        var pending = [index: Self.whole]
        while blocks.count < Self.blockCountMax, let first = pending.keys.min(),
            let share = pending.removeValue(forKey: first)
        {
            let last = follow(first, share)
            for next in successors(of: last) {
                pending[next.index, default: 0] += share / next.divisor
            }
        }
    }

    /// Counts the uses of registers. A path is seen the more often the more it costs; its instructions are
    /// not executed more often for that.
    func count(in uses: inout RegisterUses, weight: UInt64) {
        for block in blocks {
            for index in block.first...block.last {
                uses.count(
                    code.instructions[index],
                    weight: weight * block.share / max(1, cycles / Self.whole))
            }
        }
    }

    /// Takes the block at `first` onto the path; the index of its last instruction.
    private mutating func follow(_ first: Int, _ share: UInt64) -> Int {
        var last = first
        while last + 1 < marks.count, marks[last + 1] & BlockMap.Mark.start == 0 { last += 1 }
        blocks.append(Block(first: first, last: last, share: share))
        // At most 2^20 of `blockInstructionCountMax` instructions each.
        cycles += share * UInt64(last + 1 - first)
        return last
    }

    private func successors(of last: Int) -> [(index: Int, divisor: UInt64)] {
        let ways = code.ways(behind: last)
        let targets = [ways.target, ways.next].compactMap(\.self)
        let divisor = UInt64(max(1, targets.count))
        return targets.filter { marks[$0] & BlockMap.Mark.charge == 0 }.map { ($0, divisor) }
    }
}
