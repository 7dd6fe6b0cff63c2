// A branch over one instruction that only computes a register, and maybe over a jump to where the branch
// leads, which follows then. As a jump it is often unforeseeable (the smaller of two, an absolute value);
// here the instruction always computes, and its result is taken or not. The block pays for all; what was
// skipped is given back.
extension Translator {
    /// Writes the code of a branch and of the instruction that it skips. The jump that it may skip, too,
    /// comes next.
    mutating func lowerSelect(_ branch: DecodedInstruction, _ skipped: DecodedInstruction) {
        compute(skipped, into: .rax)
        let isSkipped = compareForSelect(branch)
        let jump = branch.isShortSelect ? 0 : budget.price(.jal)
        let price = budget.price(skipped.operation) + jump
        let destination = skipped.destination
        if let register = place(destination).register {
            assembler.move(register, from: .register(.rax), if: isSkipped.negated)
        } else {
            assembler.move(.rax, from: place(destination), if: isSkipped)
            write(destination, from: .rax)
        }
        facts.wrote(destination)
        guard isMetered else { return }
        if budget.isUniform {
            // A cycle each, one or two.
            giveBackCycles(UInt8(truncatingIfNeeded: price), if: isSkipped)
        } else {
            assembler.move(.register(.rcx), immediate: UInt32(bitPattern: price))
            // The slot of x0 is always zero.
            assembler.move(.rcx, from: .slot(0), if: isSkipped.negated)
            assembler.addWide(.budget, .rcx, shiftedBy: 0, displacement: 0)
        }
    }

    /// The comparison of a branch. Whether a register is zero the carry says, which is added and
    /// subtracted at no cost.
    private mutating func compareForSelect(_ branch: DecodedInstruction) -> HostCondition {
        let isEquality = branch.operation == .beq || branch.operation == .bne
        let (left, right) = (branch.source1, branch.source2)
        let (isLeftZero, isRightZero) = (facts.value(of: left) == 0, facts.value(of: right) == 0)
        guard isEquality, isLeftZero || isRightZero else { return compare(branch, scratch: .rcx) }
        assembler.arithmetic(.cmp, place(isRightZero ? left : right), immediate: 1)
        return branch.operation == .beq ? .below : .aboveOrEqual
    }

    /// Gives back one cycle or two when the condition holds.
    private mutating func giveBackCycles(_ count: UInt8, if condition: HostCondition) {
        switch (condition, count) {
        case (.below, 1):
            assembler.arithmetic(.adc, .register(.budget), immediate: 0, wide: true)
        case (.aboveOrEqual, 1):
            assembler.arithmetic(.sbb, .register(.budget), immediate: .max, wide: true)
        case (.aboveOrEqual, _):
            // All bits of the carry: minus one where it is set.
            assembler.arithmetic(.sbb, .rcx, .register(.rcx), wide: true)
            assembler.addWide(.budget, .rcx, shiftedBy: 1, displacement: 2)
        default:
            assembler.set(.rcx, if: condition)
            assembler.extendByte(.rcx, .rcx)
            assembler.addWide(.budget, .rcx, shiftedBy: count - 1, displacement: 0)
        }
    }

    /// Computes what an instruction would write, and writes nothing.
    mutating func compute(_ instruction: DecodedInstruction, into target: HostRegister) {
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
