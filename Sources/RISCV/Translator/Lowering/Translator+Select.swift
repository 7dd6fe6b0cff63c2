// A branch over one instruction that only computes a register, and maybe over a jump to where the branch
// leads, which follows then. As a jump it is often unforeseeable (the smaller of two, an absolute value);
// here the instruction always computes, and its result is taken or not. The block pays for all; what was
// skipped is given back.
extension Translator {
    /// Writes the code of a branch and of the instruction that it skips. The jump that it may skip, too,
    /// comes next.
    mutating func lowerSelect(_ branch: DecodedInstruction, _ skipped: DecodedInstruction) {
        compute(skipped, into: .rax)
        let isSkipped = compare(branch, scratch: .rcx)
        if isMetered { moveRefund(branch, skipped, into: .rcx) }
        let destination = skipped.destination
        if let register = place(destination).register {
            assembler.move(register, from: .register(.rax), if: isSkipped.negated)
        } else {
            assembler.move(.rax, from: place(destination), if: isSkipped)
            write(destination, from: .rax)
        }
        facts.wrote(destination)
        guard isMetered else { return }
        // The slot of x0 is always zero.
        assembler.move(.rcx, from: .slot(0), if: isSkipped.negated)
        assembler.addWide(.budget, .rcx)
    }

    private mutating func moveRefund(
        _ branch: DecodedInstruction, _ skipped: DecodedInstruction, into register: HostRegister
    ) {
        let jump = branch.isShortSelect ? 0 : prices[.jal]
        let price = prices[skipped.operation] + jump
        assembler.move(.register(register), immediate: UInt32(bitPattern: price))
    }

    /// Computes what an instruction would write, and writes nothing.
    private mutating func compute(_ instruction: DecodedInstruction, into target: HostRegister) {
        assembler.move(target, from: place(instruction.source1))
        switch instruction.operation {
        case .addi:
            guard instruction.immediate != 0 else { return }
            assembler.arithmetic(.add, .register(target), immediate: instruction.immediate)
        case .add: assembler.arithmetic(.add, target, place(instruction.source2))
        case .sub: assembler.arithmetic(.sub, target, place(instruction.source2))
        case .xor: assembler.arithmetic(.xor, target, place(instruction.source2))
        case .or: assembler.arithmetic(.or, target, place(instruction.source2))
        case .and: assembler.arithmetic(.and, target, place(instruction.source2))
        default: preconditionFailure("`isSelectable` names the operations")
        }
    }
}
