extension Translator {
    /// Writes the code of the instruction at `index`; returns how many instructions it covers. The code of
    /// instructions that were covered with an earlier one begins where the code after them does.
    @inline(__always)
    mutating func lower(_ index: Int) -> Int {
        let instruction = code.instructions[index]
        let mark = BlockMap.Mark.self
        let special = mark.unneeded | mark.combined | mark.select
        if marks[index] & special != 0 { return lowerMarked(index, instruction) }
        if instruction.writesStackPointer, lowerStackPointer(instruction, index) { return 1 }
        // Behind the last instruction is `.end`.
        if pairs.mayBegin(instruction, code.instructions[index + 1]) {
            let count = lowerPair(index, instruction)
            if count > 0 { return count }
        }
        lower(instruction, at: index)
        return 1
    }

    /// Writes the code of an instruction that is not lowered by itself.
    private mutating func lowerMarked(_ index: Int, _ instruction: DecodedInstruction) -> Int {
        if marks[index] & BlockMap.Mark.unneeded != 0 { return 1 }
        if marks[index] & BlockMap.Mark.combined != 0 {
            lowerCombined(index)
            return 1
        }
        lowerSelect(instruction, code.instructions[index + 1])
        cover(index + 1)
        return 2
    }

    /// Writes the code of an instruction and those behind it that become one with it; how many those are, or 0
    /// when there are none.
    private mutating func lowerPair(_ index: Int, _ instruction: DecodedInstruction) -> Int {
        if instruction.operation == .add, lowerSumAndCarry(index) {
            cover(index + 1)
            cover(index + 2)
            return 3
        }
        let second = code.instructions[index + 1]
        guard fusable(index), lowerFused(index, instruction, second) else { return 0 }
        cover(index + 1)
        return 2
    }

    /// Whether the next instruction may become one with this: nothing else leads to it, the code is not left
    /// before it, and it does not become one with its own next, behind which no block begins.
    @inline(__always)
    private func fusable(_ index: Int) -> Bool {
        let mark = BlockMap.Mark.self
        let taken = mark.start | mark.select | mark.unneeded | mark.combined
        return index + 1 < instructionCount && marks[index + 1] & taken == 0
            && !code.instructions[index + 1].writesStackPointer
    }

    @inline(__always)
    private mutating func lower(_ instruction: DecodedInstruction, at index: Int) {
        let destination = instruction.destination
        // Computing for x0 has no effect at all. Both at once, because that is seldom so.
        let isForNothing = UInt64(destination / DecodedInstruction.sinkRegister)
        if isForNothing & computing.bit(instruction.operation) != 0 { return }
        let (source, right) = (instruction.source1, instruction.source2)
        let immediate = instruction.immediate
        let pc = code.base &+ UInt32(truncatingIfNeeded: index) &* 4
        switch instruction.operation {
        case .lui: write(destination, value: immediate)
        case .auipc: write(destination, value: pc &+ immediate)
        case .addi: addImmediate(destination, source, immediate)
        case .xori: logicalImmediate(.xor, destination, source, immediate)
        case .ori: logicalImmediate(.or, destination, source, immediate)
        case .andi: logicalImmediate(.and, destination, source, immediate)
        case .slti: setIfLess(destination, source, immediate: immediate, .less)
        case .sltiu: setIfLess(destination, source, immediate: immediate, .below)
        case .slli: shiftImmediate(.left, destination, source, immediate)
        case .srli: shiftImmediate(.rightLogical, destination, source, immediate)
        case .srai: shiftImmediate(.rightArithmetic, destination, source, immediate)
        case .jal: jump(instruction, index, pc: pc)
        case .jalr: jumpRegister(instruction, index, pc: pc)
        case .beq, .bne, .blt, .bge, .bltu, .bgeu: branch(instruction, index)
        case .lw: load(.word, alignment: 2, destination, source, immediate, index)
        case .lh: load(.signedHalf, alignment: 1, destination, source, immediate, index)
        case .lhu: load(.unsignedHalf, alignment: 1, destination, source, immediate, index)
        case .lb: load(.signedByte, alignment: 0, destination, source, immediate, index)
        case .lbu: load(.unsignedByte, alignment: 0, destination, source, immediate, index)
        case .sw: store(alignment: 2, right, source, immediate, index)
        case .sh: store(alignment: 1, right, source, immediate, index)
        case .sb: store(alignment: 0, right, source, immediate, index)
        case .ecall: leave(.environmentCall, UInt32(index), ahead: behind)
        case .ebreak, .unimplemented, .illegal, .end: leave(before: index)
        case .add: add(destination, source, right)
        case .sub: subtract(destination, source, right)
        case .xor: logical(.xor, destination, source, right)
        case .or: logical(.or, destination, source, right)
        case .and: logical(.and, destination, source, right)
        case .sll: shift(.left, destination, source, right)
        case .srl: shift(.rightLogical, destination, source, right)
        case .sra: shift(.rightArithmetic, destination, source, right)
        case .slt: setIfLess(destination, source, right, .less)
        case .sltu: setIfLess(destination, source, right, .below)
        case .mul: multiply(destination, source, right)
        case .mulh, .mulhu, .mulhsu:
            multiplyHigh(destination, source, right, instruction.operation)
        case .div, .rem, .divu, .remu:
            divide(destination, source, right, instruction.operation)
        }
    }
}
