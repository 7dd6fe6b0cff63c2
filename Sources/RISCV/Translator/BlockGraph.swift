/// The ways between the blocks of a program.
struct BlockGraph {
    let blocks: Blocks

    /// How a block ends.
    enum End: UInt8 {
        /// A JALR, which is neither a call nor a return.
        case tableJump
        /// Any other JALR.
        case jumpRegister
        case branch
        case other

        fileprivate init(_ last: DecodedInstruction) {
            switch last.operation {
            case .jalr: self = last.isTableJump ? .tableJump : .jumpRegister
            case .beq, .bne, .blt, .bge, .bltu, .bgeu: self = .branch
            default: self = .other
            }
        }
    }

    /// Where the code behind a block goes on, as far as it shows. Functions come back where nobody shows it.
    struct Ways {
        /// The number of the block behind, when the last instruction may lead there, and of the block that a
        /// jump or a call leads to; below zero where there is no such block.
        let next: Int32, target: Int32
        let end: End
    }

    /// One for each block.
    let ways: [Ways]

    /// How many blocks there are.
    var count: Int { ways.count }

    /// The ways between these blocks of `code`.
    init(_ code: CodeImage, _ blocks: Blocks) {
        self.blocks = blocks
        let instructions = code.instructions.span
        let instructionCount = instructions.count - 1
        let jumping = OperationSet { $0.isDirectJump }
        let goingOn = OperationSet { $0.mayFallThrough }
        ways = [Ways](filling: blocks.count) { output in
            for number in 0..<blocks.count {
                let last = Int(blocks.starts[number + 1]) - 1
                let instruction = instructions[last]
                var target: Int32 = -1
                if jumping.bit(instruction.operation) != 0,
                    let distance = instruction.jumpDistance,
                    last + distance >= 0, last + distance < instructionCount
                {
                    target = Int32(truncatingIfNeeded: blocks.of(last + distance))
                }
                let goesOn =
                    goingOn.bit(instruction.operation) != 0 && number + 1 < blocks.count
                let next = goesOn ? Int32(truncatingIfNeeded: number + 1) : -1
                output.append(Ways(next: next, target: target, end: End(instruction)))
            }
        }
    }
}
