/// The operations of RV32IM, one dispatch number each, and the words that are none of them.
package enum Operation: UInt8, CaseIterable, Sendable {
    case lui, auipc, jal, jalr
    case beq, bne, blt, bge, bltu, bgeu
    case lb, lh, lw, lbu, lhu
    case sb, sh, sw
    case addi, slti, sltiu, xori, ori, andi, slli, srli, srai
    case add, sub, sll, slt, sltu, xor, srl, sra, or, and
    case mul, mulh, mulhsu, mulhu, div, divu, rem, remu
    case ecall, ebreak
    /// A valid instruction that neither ABI offers: FENCE, FENCE.I, CSR access, MRET, WFI.
    case unimplemented
    /// Not an instruction of RV32IM.
    case illegal
    /// What stands after the last instruction: there is nothing to fetch.
    case end

    /// Whether the next instruction need not be the one at the next address.
    package var endsBlock: Bool {
        switch self {
        case .jal, .jalr, .beq, .bne, .blt, .bge, .bltu, .bgeu, .ecall, .ebreak, .unimplemented,
            .illegal, .end:
            true
        default:
            false
        }
    }
}
