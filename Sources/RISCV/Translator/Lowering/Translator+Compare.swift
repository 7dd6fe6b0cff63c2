extension Translator {
    /// Compares two guest registers: the flags are those of left - right.
    mutating func compare(_ left: UInt8, _ right: UInt8) {
        if let value = facts.value(of: right) { return compare(left, immediate: value) }
        if let register = place(left).register {
            assembler.arithmetic(.cmp, register, place(right))
        } else if let register = place(right).register, facts.value(of: left) == nil {
            assembler.arithmetic(.cmp, place(left), register)
        } else {
            let register = read(left, .rax)
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
