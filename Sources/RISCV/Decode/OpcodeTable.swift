/// The instructions of RV32IM by opcode, funct3 and funct7 (The RISC-V Instruction Set Manual, volume I,
/// chapter "RV32/64G Instruction Set Listings").
enum OpcodeTable {
    /// Some words that are one operation.
    struct Row {
        let operation: Operation
        let format: InstructionFormat
        let opcode: UInt8
        /// The values of funct3.
        var functions3: [Int] = Array(0..<8)
        /// The values of funct7: 0 and 1 for themselves, 2 for 0x20, 3 for any other.
        var variants: [Int] = Array(0..<4)
    }

    /// All of them but those that the whole word decides (`Decoder`).
    static var rows: [Row] {
        [
            Row(operation: .lui, format: .upper, opcode: 0x37),
            Row(operation: .auipc, format: .upper, opcode: 0x17),
            Row(operation: .jal, format: .jump, opcode: 0x6f),
            Row(operation: .jalr, format: .immediate, opcode: 0x67, functions3: [0]),
            // FENCE and FENCE.I, and access to the CSRs.
            Row(operation: .unimplemented, format: .whole, opcode: 0x0f, functions3: [0, 1]),
            Row(
                operation: .unimplemented, format: .whole, opcode: 0x73,
                functions3: [1, 2, 3, 5, 6, 7]),
        ]
            + rows(0x63, .branch, [0: .beq, 1: .bne, 4: .blt, 5: .bge, 6: .bltu, 7: .bgeu])
            + rows(0x03, .immediate, [0: .lb, 1: .lh, 2: .lw, 4: .lbu, 5: .lhu])
            + rows(0x23, .store, [0: .sb, 1: .sh, 2: .sw])
            + rows(
                0x13, .immediate,
                [0: .addi, 2: .slti, 3: .sltiu, 4: .xori, 6: .ori, 7: .andi])
            + rows(0x13, .shift, [1: .slli, 5: .srli], variants: [0])
            + rows(0x13, .shift, [5: .srai], variants: [2])
            + rows(
                0x33, .register,
                [
                    0: .add, 1: .sll, 2: .slt, 3: .sltu, 4: .xor, 5: .srl, 6: .or, 7: .and,
                ], variants: [0])
            + rows(
                0x33, .register,
                [
                    0: .mul, 1: .mulh, 2: .mulhsu, 3: .mulhu, 4: .div, 5: .divu, 6: .rem, 7: .remu,
                ], variants: [1])
            + rows(0x33, .register, [0: .sub, 5: .sra], variants: [2])
    }

    private static func rows(
        _ opcode: UInt8, _ format: InstructionFormat, _ operations: [Int: Operation],
        variants: [Int] = Array(0..<4)
    ) -> [Row] {
        operations.map {
            Row(
                operation: $1, format: format, opcode: opcode, functions3: [$0],
                variants: variants)
        }
    }
}
