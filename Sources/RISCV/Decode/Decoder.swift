/// Takes RV32IM instruction words apart (The RISC-V Instruction Set Manual, volume I, chapters 2 and
/// 7: formats R, I, S, B, U and J).
package enum Decoder {
    /// The instruction of `word`. Every word has an answer: `.illegal` is one.
    package static func decode(_ word: UInt32) -> DecodedInstruction {
        switch word & 0x7f {
        case 0x37: DecodedInstruction(.lui, destination: word >> 7, immediate: word & ~0xfff)
        case 0x17: DecodedInstruction(.auipc, destination: word >> 7, immediate: word & ~0xfff)
        case 0x6f: DecodedInstruction(.jal, destination: word >> 7, immediate: jumpOffset(word))
        case 0x67: immediateForm(word, function3(word) == 0 ? .jalr : .illegal)
        case 0x63: branch(word)
        case 0x03: immediateForm(word, load(function3(word)))
        case 0x23: store(word)
        case 0x13: operationImmediate(word)
        case 0x33: operation(word)
        case 0x0f: plain(word, function3(word) <= 1 ? .unimplemented : .illegal)
        case 0x73: plain(word, system(word))
        default: plain(word, .illegal)
        }
    }

    private static func function3(_ word: UInt32) -> UInt32 { word >> 12 & 7 }

    /// The 12-bit immediate of the I format.
    private static func immediate(_ word: UInt32) -> UInt32 {
        UInt32(bitPattern: Int32(bitPattern: word) >> 20)
    }

    private static func plain(_ word: UInt32, _ operation: Operation) -> DecodedInstruction {
        DecodedInstruction(operation, immediate: word)
    }

    private static func immediateForm(
        _ word: UInt32, _ operation: Operation
    ) -> DecodedInstruction {
        guard operation != .illegal else { return plain(word, .illegal) }
        return DecodedInstruction(
            operation, destination: word >> 7, source1: word >> 15, immediate: immediate(word))
    }

    private static func load(_ function3: UInt32) -> Operation {
        switch function3 {
        case 0: .lb
        case 1: .lh
        case 2: .lw
        case 4: .lbu
        case 5: .lhu
        default: .illegal
        }
    }

    private static func store(_ word: UInt32) -> DecodedInstruction {
        let operations: [3 of Operation] = [.sb, .sh, .sw]
        let width = Int(function3(word))
        guard width < 3 else { return plain(word, .illegal) }
        let high = UInt32(bitPattern: Int32(bitPattern: word) >> 25) << 5
        return DecodedInstruction(
            operations[width], source1: word >> 15, source2: word >> 20,
            immediate: high | (word >> 7 & 31))
    }

    private static func branch(_ word: UInt32) -> DecodedInstruction {
        let operation: Operation
        switch function3(word) {
        case 0: operation = .beq
        case 1: operation = .bne
        case 4: operation = .blt
        case 5: operation = .bge
        case 6: operation = .bltu
        case 7: operation = .bgeu
        default: return plain(word, .illegal)
        }
        return DecodedInstruction(
            operation, source1: word >> 15, source2: word >> 20, immediate: branchOffset(word))
    }

    private static func branchOffset(_ word: UInt32) -> UInt32 {
        let sign = UInt32(bitPattern: Int32(bitPattern: word) >> 31) << 12
        return sign | (word << 4 & 0x800) | (word >> 20 & 0x7e0) | (word >> 7 & 0x1e)
    }

    private static func jumpOffset(_ word: UInt32) -> UInt32 {
        let sign = UInt32(bitPattern: Int32(bitPattern: word) >> 31) << 20
        return sign | (word & 0xf_f000) | (word >> 9 & 0x800) | (word >> 20 & 0x7fe)
    }

    private static func operationImmediate(_ word: UInt32) -> DecodedInstruction {
        let function7 = word >> 25
        switch function3(word) {
        case 0: return immediateForm(word, .addi)
        case 1: return shift(word, function7 == 0 ? .slli : .illegal)
        case 2: return immediateForm(word, .slti)
        case 3: return immediateForm(word, .sltiu)
        case 4: return immediateForm(word, .xori)
        case 5: return shift(word, function7 == 0 ? .srli : function7 == 0x20 ? .srai : .illegal)
        case 6: return immediateForm(word, .ori)
        default: return immediateForm(word, .andi)
        }
    }

    private static func shift(_ word: UInt32, _ operation: Operation) -> DecodedInstruction {
        guard operation != .illegal else { return plain(word, .illegal) }
        return DecodedInstruction(
            operation, destination: word >> 7, source1: word >> 15, immediate: word >> 20 & 31)
    }

    private static func operation(_ word: UInt32) -> DecodedInstruction {
        let base: [8 of Operation] = [.add, .sll, .slt, .sltu, .xor, .srl, .or, .and]
        let multiply: [8 of Operation] = [
            .mul, .mulh, .mulhsu, .mulhu, .div, .divu, .rem, .remu,
        ]
        let index = Int(function3(word))
        let operation: Operation
        switch (word >> 25, index) {
        case (0, _): operation = base[index]
        case (1, _): operation = multiply[index]
        case (0x20, 0): operation = .sub
        case (0x20, 5): operation = .sra
        default: return plain(word, .illegal)
        }
        return DecodedInstruction(
            operation, destination: word >> 7, source1: word >> 15, source2: word >> 20)
    }

    /// SYSTEM. The CSR instructions are valid, and so the word that compilers emit for `unimp` is.
    private static func system(_ word: UInt32) -> Operation {
        switch (function3(word), word) {
        case (_, 0x0000_0073): .ecall
        case (_, 0x0010_0073): .ebreak
        case (_, 0x3020_0073), (_, 0x1050_0073): .unimplemented
        case (0, _), (4, _): .illegal
        default: .unimplemented
        }
    }
}
