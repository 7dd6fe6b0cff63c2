/// What is left to pay of a block.
enum BlockCosts {
    /// The cost of the instructions from `index` to the end of its block. O(instructions of the block).
    static func cost(from index: Int, _ code: CodeImage, _ marks: [UInt8]) -> CodeImage.Cost {
        let costs = code.costs.span
        let instructions = code.instructions.span
        var last = index
        while !instructions[last].operation.endsBlock, last + 1 < marks.count,
            marks[last + 1] & BlockMap.Mark.start == 0
        {
            last += 1
        }
        // `costs` runs on to the next instruction that ends a block, also through an entry.
        if instructions[last].operation.endsBlock { return costs[index] }
        let after = costs[last + 1]
        return CodeImage.Cost(
            cycles: costs[index].cycles - after.cycles,
            instructionCount: costs[index].instructionCount - after.instructionCount)
    }
}
