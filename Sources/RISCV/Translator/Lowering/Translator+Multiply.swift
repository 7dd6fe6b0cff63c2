// MUL, MULH, MULHSU, MULHU, DIV, DIVU, REM, REMU (RISC-V Instruction Set Manual, chapter 7).
extension Translator {
    /// MUL.
    mutating func multiply(_ destination: UInt8, _ left: UInt8, _ right: UInt8) {
        if facts.value(of: left) != nil, facts.value(of: right) == nil {
            return multiply(destination, right, left)
        }
        let target = target(destination)
        if let value = facts.value(of: right) {
            assembler.multiply(target, place(left), immediate: value)
        } else if destination == right, left != right {
            // The target holds the right operand, if it is pinned.
            accumulateProduct(destination, target, right, left)
            return
        } else {
            accumulateProduct(destination, target, left, right)
            return
        }
        write(destination, from: target)
        facts.wrote(destination)
    }

    private mutating func accumulateProduct(
        _ destination: UInt8, _ target: HostRegister, _ first: UInt8, _ second: UInt8
    ) {
        assembler.move(target, from: place(first))
        assembler.multiply(target, place(second))
        write(destination, from: target)
        facts.wrote(destination)
    }

    /// MULH, MULHU or MULHSU: the upper half of a product of 64 bits.
    mutating func multiplyHigh(
        _ destination: UInt8, _ left: UInt8, _ right: UInt8, _ operation: Operation
    ) {
        product(left, right, operation)
        assembler.shift(.rightLogical, .register(.rax), by: 32, wide: true)
        write(destination, from: .rax)
        facts.wrote(destination)
    }

    /// rax = the 64 bits of a product. Each operand is extended as the operation says.
    mutating func product(_ left: UInt8, _ right: UInt8, _ operation: Operation) {
        if operation == .mulhu {
            assembler.move(.rax, from: place(left))
        } else {
            assembler.moveSigned(.rax, from: read(left, .rax))
        }
        if operation == .mulh {
            assembler.moveSigned(.rcx, from: read(right, .rcx))
            assembler.multiply(.rax, .register(.rcx), wide: true)
        } else {
            // What is in a register is zero-extended already.
            let register = read(right, .rcx)
            assembler.multiply(.rax, .register(register), wide: true)
        }
    }

    /// DIV, DIVU, REM or REMU. No division traps under RISC-V; those that would under x86-64 are
    /// answered apart.
    mutating func divide(
        _ destination: UInt8, _ left: UInt8, _ right: UInt8, _ operation: Operation
    ) {
        let isSigned = operation == .div || operation == .rem
        let wantsQuotient = operation == .div || operation == .divu
        assembler.move(.rcx, from: place(right))
        assembler.move(.rax, from: place(left))
        assembler.storeDX(Self.freeSlot)
        assembler.testZero(.rcx)
        let isZero = assembler.jump(if: .equal)
        var isMinusOne: Int?
        if isSigned {
            // The smallest number divided by -1 overflows; all others give the same either way.
            assembler.arithmetic(.cmp, .register(.rcx), immediate: .max)
            isMinusOne = assembler.jump(if: .equal)
            assembler.extendSignIntoDX()
            assembler.divideSigned(by: .rcx)
        } else {
            assembler.clear(.rdx)
            assembler.divideUnsigned(by: .rcx)
        }
        if !wantsQuotient { assembler.move(.rax, from: .register(.rdx)) }
        let done = assembler.jump()
        if let isMinusOne {
            assembler.point(isMinusOne, at: assembler.count)
            // A quotient is the negative, a remainder zero.
            if wantsQuotient { assembler.negate(.register(.rax)) } else { assembler.clear(.rax) }
            let end = assembler.jump()
            divisionByZero(isZero, wantsQuotient)
            assembler.point(end, at: assembler.count)
        } else {
            divisionByZero(isZero, wantsQuotient)
        }
        assembler.point(done, at: assembler.count)
        assembler.loadDX(Self.freeSlot)
        write(destination, from: .rax)
        facts.wrote(destination)
    }

    /// Where division keeps the guest register that is in edx: the address to go on at, which nobody
    /// needs once the code was entered.
    private static let freeSlot: UInt32 = 152

    /// A quotient has all bits set; a remainder is the dividend, which is in eax.
    private mutating func divisionByZero(_ jump: Int, _ wantsQuotient: Bool) {
        assembler.point(jump, at: assembler.count)
        if wantsQuotient { assembler.move(.register(.rax), immediate: .max) }
    }
}
