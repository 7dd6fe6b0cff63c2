import Bytes

/// Where the blocks of a program begin. A block is entered at its first instruction only, and all of it
/// is paid for there. It may be left early by a branch forward, which gives back what it leaves out; most
/// are not taken. Branches back are, so they end blocks.
struct BlockMap {
    /// What is known about an instruction.
    enum Mark {
        /// A block begins here.
        static let start: UInt8 = 1
        /// Jumps may come here, and the host may go on here: nothing is known about the registers.
        static let entry: UInt8 = 2
        /// A branch that only skips the next instruction, which has no effect but on a register: both
        /// are one operation without a jump.
        static let select: UInt8 = 4
        /// A branch back comes here.
        static let loop: UInt8 = 8
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
        settleSelects()
        cutLongBlocks()
    }

    private mutating func enter(_ index: Int) {
        if index >= 0, index < instructionCount { marks[index] |= Mark.start | Mark.entry }
    }

    private mutating func markLoop(_ index: Int, _ offset: UInt32) {
        let head = index + Int(Int32(bitPattern: offset)) / 4
        if head >= 0 { marks[head] |= Mark.loop }
    }

    private mutating func enter(address: UInt32) {
        let distance = address &- base
        if distance & 3 == 0 { enter(Int(distance >> 2)) }
    }

    private mutating func markJumps(_ code: CodeImage) {
        let instructions = code.instructions.span
        enter(0)
        for index in 0..<instructionCount {
            let instruction = instructions[index]
            switch instruction.operation {
            case .beq, .bne, .blt, .bge, .bltu, .bgeu:
                if instruction.immediate == 8, index + 2 < instructionCount,
                    instructions[index + 1].isSelectable
                {
                    marks[index] |= Mark.select
                    continue
                }
                enter(address: base &+ UInt32(index) &* 4 &+ instruction.immediate)
                let isBack = Int32(bitPattern: instruction.immediate) <= 0
                if isBack { markLoop(index, instruction.immediate) }
                if isBack, index + 1 < instructionCount { marks[index + 1] |= Mark.start }
            case .jal:
                enter(address: base &+ UInt32(index) &* 4 &+ instruction.immediate)
                enter(index + 1)
            case .jalr:
                markAddress(instructions, index)
                enter(index + 1)
            case .ecall, .ebreak, .unimplemented, .illegal: enter(index + 1)
            case .addi: markAddress(instructions, index)
            default: break
            }
        }
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
    private mutating func settleSelects() {
        for index in marks.indices where marks[index] & Mark.select != 0 {
            if marks[index + 1] & Mark.start == 0 { continue }
            marks[index] &= ~Mark.select
            enter(index + 2)
        }
    }

    private mutating func cutLongBlocks() {
        var length = 0
        for index in marks.indices {
            let isSkipped = index > 0 && marks[index - 1] & Mark.select != 0
            if length >= TranslatorLimits.blockInstructionCountMax - 1, !isSkipped {
                marks[index] |= Mark.start
            }
            if marks[index] & Mark.start != 0 { length = 0 }
            length += 1
        }
    }
}

extension DecodedInstruction {
    /// Whether the instruction only computes a register, cheaply.
    var isSelectable: Bool {
        guard destination != Self.sinkRegister else { return false }
        return switch operation {
        case .addi, .add, .sub, .xor, .or, .and: true
        default: false
        }
    }
}
