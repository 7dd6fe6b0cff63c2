/// How often execution entered the text at each instruction, and where it stopped before the end of a
/// block: enough to know exactly how often each instruction was executed.
struct BlockCounts {
    /// Instructions that are always executed one after the other, equally often.
    struct Block {
        /// Indices of instructions.
        let range: Range<Int>
        let executions: UInt64
        let cycles: UInt64
    }

    private var entries: [UInt64]
    private var stops: [UInt64]

    /// Counts for so many instructions, 16 bytes each.
    init(instructionCount: Int) {
        entries = [UInt64](repeating: 0, count: instructionCount)
        // A block may stop behind the last instruction.
        stops = [UInt64](repeating: 0, count: instructionCount + 1)
    }

    /// Counts `count` instructions, at least one, from instruction `index` on. Whether they end a block
    /// is what the text said at first, should the program have changed it.
    mutating func ran(_ index: Int, count: Int, of code: CodeImage) {
        guard index < entries.count, index + count < stops.count else { return }
        entries[index] &+= 1
        if !code.instructions[index + count - 1].operation.endsBlock {
            stops[index + count] &+= 1
        }
    }

    /// Takes back the last instruction of a block.
    mutating func takeBack(_ index: Int) {
        guard index < entries.count else { return }
        stops[index] &+= 1
    }

    /// The blocks that were executed, in the order of their addresses.
    func blocks(of code: CodeImage) -> [Block] {
        var blocks: [Block] = []
        var start = 0
        var executions: UInt64 = 0
        for index in 0..<entries.count {
            let previousEnds = index > 0 && code.instructions[index - 1].operation.endsBlock
            guard previousEnds || entries[index] > 0 || stops[index] > 0 else { continue }
            append(start..<index, executions, code, to: &blocks)
            start = index
            // Never below zero: what stops here came by here.
            executions = (previousEnds ? 0 : executions) &+ entries[index] &- stops[index]
        }
        append(start..<entries.count, executions, code, to: &blocks)
        return blocks
    }

    private func append(
        _ range: Range<Int>, _ executions: UInt64, _ code: CodeImage, to blocks: inout [Block]
    ) {
        guard executions > 0, !range.isEmpty else { return }
        let once = range.reduce(UInt64(0)) { sum, index in
            sum + UInt64(code.model.cycles(of: code.instructions[index].operation))
        }
        blocks.append(Block(range: range, executions: executions, cycles: once &* executions))
    }
}
