extension Translator {
    /// Compares the operands of a branch; the condition under which it is taken then.
    mutating func compare(
        _ branch: DecodedInstruction, scratch: HostRegister = .rax
    ) -> HostCondition {
        let condition = branch.operation.takenCondition
        let (left, right) = (branch.source1, branch.source2)
        if facts.value(of: left) != nil, facts.value(of: right) == nil {
            compare(right, left, scratch: scratch)
            return condition.mirrored
        }
        compare(left, right, scratch: scratch)
        return condition
    }

    /// Compares two guest registers: the flags are those of left - right.
    mutating func compare(_ left: UInt8, _ right: UInt8, scratch: HostRegister = .rax) {
        if let value = facts.value(of: right) { return compare(left, immediate: value) }
        if let register = place(left).register {
            assembler.arithmetic(.cmp, register, place(right))
        } else if let register = place(right).register, facts.value(of: left) == nil {
            assembler.arithmetic(.cmp, place(left), register)
        } else {
            let register = read(left, scratch)
            assembler.arithmetic(.cmp, register, place(right))
        }
    }

    /// Compares a guest register with a value.
    mutating func compare(_ left: UInt8, immediate: UInt32) {
        if immediate == 0, let register = place(left).register {
            // The same flags as a comparison with 0, in fewer bytes.
            assembler.testZero(register)
        } else {
            assembler.arithmetic(.cmp, place(left), immediate: immediate)
        }
    }
}

extension Operation {
    /// The condition of a branch, as the host names it.
    fileprivate var takenCondition: HostCondition {
        switch self {
        case .beq: .equal
        case .bne: .notEqual
        case .blt: .less
        case .bge: .greaterOrEqual
        case .bltu: .below
        case .bgeu: .aboveOrEqual
        default: preconditionFailure("only branches have a condition")
        }
    }
}
