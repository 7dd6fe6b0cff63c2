/// What is left to pay of a block. A block runs on through branches forward; one that is taken gives back
/// what it leaves out.
enum BlockCosts {
    /// The cost of the instructions from `index` to the end of its block, when no branch in it is taken.
    /// O(instructions of the block).
    static func cost(from index: Int, _ code: CodeImage, _ marks: [UInt8]) -> CodeImage.Cost {
        let instructions = code.instructions.span
        var cycles: UInt32 = 0
        var last = index
        while true {
            // At most two cycles for each of `blockInstructionCountMax` instructions.
            cycles &+= code.model.cycles(of: instructions[last].operation)
            guard last + 1 < marks.count, marks[last + 1] & BlockMap.Mark.start == 0 else { break }
            last += 1
        }
        return CodeImage.Cost(
            cycles: cycles, instructionCount: UInt32(truncatingIfNeeded: last + 1 - index))
    }
}
