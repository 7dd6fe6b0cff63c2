// Instructions that may misalign the stack pointer (`StackAlignment`): the code is left before them when they
// do.
extension Translator {
    /// Writes the code of an instruction that writes x2; false when it needs nothing of its own.
    mutating func lowerStackPointer(_ instruction: DecodedInstruction, _ index: Int) -> Bool {
        guard keepsStack, StackAlignment.effect(of: instruction) == .isTested,
            !isKnownToKeepStack(instruction)
        else { return false }
        if instruction.operation == .lw {
            guard loadForTest(instruction, index) else { return true }
        } else {
            compute(instruction, into: .rax)
        }
        assembler.test(.rax, lowBits: 3)
        leave(before: index, if: .notEqual)
        write(StackAlignment.pointer, from: .rax)
        facts.wrote(StackAlignment.pointer, alignment: RegisterFacts.zeroBitCountMax)
        return true
    }

    /// Whether all that is added is a multiple of 4.
    private func isKnownToKeepStack(_ instruction: DecodedInstruction) -> Bool {
        let isAligned = facts.alignment(of: instruction.source1) == RegisterFacts.zeroBitCountMax
        switch instruction.operation {
        case .addi: return isAligned
        case .add, .sub:
            return isAligned
                && facts.alignment(of: instruction.source2) == RegisterFacts.zeroBitCountMax
        default: return false
        }
    }
}
