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
    var marks: [UInt8]

    /// Where the blocks begin.
    private(set) var starts = BlockStarts(Span())

    /// Where the jumps are that lead back, and not to a function. Ascending.
    private(set) var jumpsBack: [Int32] = []

    /// Where the branches are that may be selects.
    private var selects: [Int] = []
    /// Where the instructions are that a `Combination` cannot do without. Ascending.
    private var clues: [Int] = []

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
        marks = [UInt8](filling: instructionCount, repeating: 0)
        // About as many as compilers' code has.
        clues.reserveCapacity(instructionCount / 16)
        jumpsBack.reserveCapacity(instructionCount / 32)
        markJumps(code)
        if let image { markAddresses(image) }
        settleSelects(code)
        starts = BlockStarts(marks.span)
        cutLongBlocks(code)
        Combinations.mark(code, &marks, behind: clues)
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

    /// What the first look at each instruction is for: most need none.
    private static let interesting = OperationSet { operation in
        operation.endsBlock || operation == .lui || operation == .auipc
            || Combination.isClue(operation)
    }

    private mutating func markJumps(_ code: CodeImage) {
        let instructions = code.instructions.span
        enter(0)
        instructions.forEachIndex(of: Self.interesting) { look(at: $0, instructions) }
    }

    private mutating func look(at index: Int, _ instructions: Span<DecodedInstruction>) {
        let instruction = instructions[index]
        switch instruction.operation {
        case .beq, .bne, .blt, .bge, .bltu, .bgeu:
            noteBack(index, instruction)
            if isSelect(instructions, index) {
                selects.append(index)
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
                noteBack(index, instruction)
                join(index, instruction)
                mark(index + 1, Mark.start)
            }
        case .jalr:
            let isCall = instruction.destination != DecodedInstruction.sinkRegister
            if isCall { enter(index + 1) } else { mark(index + 1, Mark.start) }
        case .ecall, .ebreak, .unimplemented, .illegal: enter(index + 1)
        case .lui, .auipc: markAddress(instructions, index)
        case .end: break
        default: clues.append(index)
        }
    }

    /// Where the jumps of `code` are that lead back, and not to a function (`jumpsBack`). Ascending.
    static func jumpsBack(_ code: CodeImage) -> [Int32] {
        let instructions = code.instructions.span
        var jumps: [Int32] = []
        instructions.forEachIndex(of: OperationSet { $0.isDirectJump }) { index in
            let jump = instructions[index]
            // There are at most `instructionCountMax`.
            if !jump.isCall, jump.leadsBack { jumps.append(Int32(index)) }
        }
        return jumps
    }

    private mutating func noteBack(_ index: Int, _ jump: DecodedInstruction) {
        // There are at most `instructionCountMax`.
        if jump.leadsBack { jumpsBack.append(Int32(index)) }
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

    /// The address that the LUI or AUIPC at `index` and the next instruction make, an ADDI or JALR, may be
    /// jumped to.
    private mutating func markAddress(_ instructions: Span<DecodedInstruction>, _ index: Int) {
        // Behind the last one is `.end`.
        let (upper, lower) = (instructions[index], instructions[index + 1])
        guard lower.operation == .addi || lower.operation == .jalr,
            upper.destination == lower.source1
        else { return }
        let start = upper.operation == .lui ? 0 : base &+ UInt32(index) &* 4
        enter(address: start &+ upper.immediate &+ lower.immediate)
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
        for index in selects {
            let branch = code.instructions[index]
            let skippedJump = branch.isShortSelect ? 0 : marks[index + 2]
            if (marks[index + 1] | skippedJump) & Mark.start == 0 { continue }
            marks[index] &= ~Mark.select
            join(index, branch)
            mark(index + 1, Mark.start)
        }
    }

    private mutating func cutLongBlocks(_ code: CodeImage) {
        var (before, long) = (0, [Range<Int>]())
        starts.forEach { start in
            if start - before > Self.lengthMax { long.append(before..<start) }
            before = start
        }
        if instructionCount - before > Self.lengthMax { long.append(before..<instructionCount) }
        for block in long { cut(block, code) }
    }

    /// With a select at the end a block may be two instructions longer.
    private static let lengthMax = TranslatorLimits.blockInstructionCountMax - 2

    private mutating func cut(_ block: Range<Int>, _ code: CodeImage) {
        var start = block.lowerBound
        for index in block where index - start >= Self.lengthMax && !isSkipped(index, code) {
            marks[index] |= Mark.start
            starts.insert(index)
            start = index
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
    /// Whether the instruction, a direct jump, leads to itself or to what is before it.
    fileprivate var leadsBack: Bool { Int32(bitPattern: immediate) <= 0 }

    /// Whether the instruction, a branch that is a select, skips one instruction and no jump behind it.
    var isShortSelect: Bool { immediate == 8 }

    /// Whether the instruction only computes a register, cheaply.
    var isSelectable: Bool {
        guard destination != Self.sinkRegister, !writesStackPointer else { return false }
        return switch operation {
        case .addi, .add, .sub, .xor, .or, .and: true
        default: false
        }
    }
}
