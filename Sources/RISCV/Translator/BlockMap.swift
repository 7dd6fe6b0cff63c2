import Bytes

/// Where the blocks of a program begin: straight runs of instructions that are entered at the first only
/// and left behind the last.
struct BlockMap {
    /// What is known about an instruction.
    enum Mark {
        /// A block begins here.
        static let start: UInt8 = 1
        /// Jumps come here, or the host.
        static let join: UInt8 = 2
        /// Cycles are charged here, and nothing is charged ahead on the way here (`ChargeMap`).
        static let charge: UInt8 = 4
        /// Both: jumps whose target is computed may come here.
        static let entry: UInt8 = join | charge
        /// A branch that only skips the next instruction, which has no effect but on a register, or that
        /// and a jump to where the branch leads as well: both are one operation without a jump, and do not
        /// end their block.
        static let select: UInt8 = 8
        /// A jump from a higher address comes here.
        static let back: UInt8 = 16
        /// The instruction has no code of its own: it is part of that of the instruction before it.
        static let covered: UInt8 = 32
        /// Nobody sees what the instruction writes (`Combinations`).
        static let unneeded: UInt8 = 64
        /// The instruction completes a `Combination`.
        static let combined: UInt8 = 128
    }

    /// One mark for each instruction.
    private(set) var marks: [UInt8]

    private let instructionCount: Int
    private let base: UInt32

    /// The blocks of `code`.
    ///
    /// - Parameter image: the program that the code is of; words in its data that are addresses of
    ///   instructions are taken for targets of computed jumps. Too many or too few of them cost speed,
    ///   nothing else.
    init(_ code: CodeImage, image: ELFImage?) {
        instructionCount = code.instructions.count - 1
        base = code.base
        marks = [UInt8](repeating: 0, count: instructionCount)
        markJumps(code)
        if let image { markAddresses(image) }
        settleSelects(code)
        cutLongBlocks(code)
        Combinations.mark(code, &marks)
    }

    /// Anything may come here.
    private mutating func enter(_ index: Int) {
        mark(index, Mark.start | Mark.entry)
    }

    private mutating func mark(_ index: Int, _ mark: UInt8) {
        if index >= 0, index < instructionCount { marks[index] |= mark }
    }

    private mutating func enter(address: UInt32) {
        let distance = address &- base
        if distance & 3 == 0 { enter(Int(distance >> 2)) }
    }

    /// The direct jump at `index` leads somewhere.
    private mutating func join(_ index: Int, _ jump: DecodedInstruction) {
        guard let distance = jump.jumpDistance else { return }
        let back = distance <= 0 ? Mark.back : 0
        mark(index + distance, Mark.start | Mark.join | back)
    }

    private mutating func markJumps(_ code: CodeImage) {
        let instructions = code.instructions.span
        enter(0)
        for index in 0..<instructionCount {
            let instruction = instructions[index]
            let operation = instruction.operation
            // Most instructions are neither, and which are is foreseen better than which they are.
            guard operation.endsBlock || operation == .addi else { continue }
            switch operation {
            case .beq, .bne, .blt, .bge, .bltu, .bgeu:
                if isSelect(instructions, index) {
                    marks[index] |= Mark.select
                } else {
                    join(index, instruction)
                    mark(index + 1, Mark.start)
                }
            case .jal:
                if instruction.isCall {
                    enter(address: base &+ UInt32(index) &* 4 &+ instruction.immediate)
                    enter(index + 1)
                } else {
                    join(index, instruction)
                    mark(index + 1, Mark.start)
                }
            case .jalr:
                markAddress(instructions, index)
                let isCall = instruction.destination != DecodedInstruction.sinkRegister
                if isCall { enter(index + 1) } else { mark(index + 1, Mark.start) }
            case .ecall, .ebreak, .unimplemented, .illegal: enter(index + 1)
            case .addi: markAddress(instructions, index)
            default: break
            }
        }
    }

    private func isSelect(_ instructions: Span<DecodedInstruction>, _ index: Int) -> Bool {
        guard index + 2 < instructionCount, instructions[index + 1].isSelectable else {
            return false
        }
        let (branch, next) = (instructions[index], instructions[index + 2])
        if branch.isShortSelect { return true }
        return next.operation == .jal && !next.isCall
            && branch.immediate == next.immediate &+ 8
    }

    /// The address that LUI or AUIPC and the ADDI or JALR at `index` make may be jumped to.
    private mutating func markAddress(_ instructions: Span<DecodedInstruction>, _ index: Int) {
        guard index > 0 else { return }
        let upper = instructions[index - 1]
        let lower = instructions[index]
        guard upper.destination == lower.source1 else { return }
        switch upper.operation {
        case .lui: enter(address: upper.immediate &+ lower.immediate)
        case .auipc:
            enter(address: base &+ UInt32(index - 1) &* 4 &+ upper.immediate &+ lower.immediate)
        default: break
        }
    }

    private mutating func markAddresses(_ image: ELFImage) {
        for chunk in image.chunks where !image.text.contains(chunk.address) {
            let bytes = chunk.bytes.span
            for offset in stride(from: 0, to: bytes.count, by: 4) {
                let word = bytes.littleEndianUInt32(at: offset)
                if image.text.contains(word) { enter(address: word) }
            }
        }
    }

    /// A branch is no select when its instruction can be reached from elsewhere.
    private mutating func settleSelects(_ code: CodeImage) {
        for index in marks.indices where marks[index] & Mark.select != 0 {
            let branch = code.instructions[index]
            let skippedJump = branch.isShortSelect ? 0 : marks[index + 2]
            if (marks[index + 1] | skippedJump) & Mark.start == 0 { continue }
            marks[index] &= ~Mark.select
            join(index, branch)
            mark(index + 1, Mark.start)
        }
    }

    private mutating func cutLongBlocks(_ code: CodeImage) {
        var length = 0
        for index in marks.indices {
            if length >= TranslatorLimits.blockInstructionCountMax - 2, !isSkipped(index, code) {
                marks[index] |= Mark.start
            }
            length = marks[index] & Mark.start != 0 ? 1 : length + 1
        }
    }

    /// Whether the instruction is part of the select before it.
    private func isSkipped(_ index: Int, _ code: CodeImage) -> Bool {
        index > 0 && marks[index - 1] & Mark.select != 0
            || index > 1 && marks[index - 2] & Mark.select != 0
                && !code.instructions[index - 2].isShortSelect
    }
}

extension DecodedInstruction {
    /// Whether the instruction, a branch that is a select, skips one instruction and no jump behind it.
    var isShortSelect: Bool { immediate == 8 }

    /// Whether the instruction only computes a register, cheaply.
    var isSelectable: Bool {
        guard destination != Self.sinkRegister else { return false }
        return switch operation {
        case .addi, .add, .sub, .xor, .or, .and: true
        default: false
        }
    }
}
