// ADD, SUB, the logical operations, shifts and comparisons. What writes x0 does not come here.
extension Translator {
    /// ADDI.
    mutating func addImmediate(_ destination: UInt8, _ source: UInt8, _ immediate: UInt32) {
        if let value = facts.value(of: source) {
            return write(destination, value: value &+ immediate)
        }
        guard immediate != 0 else { return copy(destination, from: source) }
        let zeroBits = RegisterFacts.zeroBits(of: immediate)
        let alignment = min(facts.alignment(of: source), zeroBits)
        if destination == source {
            assembler.arithmetic(.add, place(destination), immediate: immediate)
        } else if let register = place(source).register {
            let target = target(destination)
            assembler.add(target, register, displacement: immediate)
            write(destination, from: target)
        } else {
            let target = target(destination)
            assembler.move(target, from: place(source))
            assembler.arithmetic(.add, .register(target), immediate: immediate)
            write(destination, from: target)
        }
        facts.wrote(destination, alignment: alignment)
    }

    /// ADD.
    mutating func add(_ destination: UInt8, _ left: UInt8, _ right: UInt8) {
        if let value = facts.value(of: right) { return addImmediate(destination, left, value) }
        if let value = facts.value(of: left) { return addImmediate(destination, right, value) }
        let alignment = min(facts.alignment(of: left), facts.alignment(of: right))
        let (first, second) = (place(left).register, place(right).register)
        if let first, let second, destination != left, destination != right {
            let target = target(destination)
            assembler.add(target, first, second)
            write(destination, from: target)
        } else {
            commutative(.add, destination, left, right)
        }
        facts.wrote(destination, alignment: alignment)
    }

    /// SUB.
    mutating func subtract(_ destination: UInt8, _ left: UInt8, _ right: UInt8) {
        if let value = facts.value(of: right) { return addImmediate(destination, left, 0 &- value) }
        let alignment = min(facts.alignment(of: left), facts.alignment(of: right))
        if facts.value(of: left) == 0 {
            if destination != right {
                let target = target(destination)
                assembler.move(target, from: place(right))
                assembler.negate(.register(target))
                write(destination, from: target)
            } else {
                assembler.negate(place(destination))
            }
        } else {
            accumulate(.sub, destination, left, right)
        }
        facts.wrote(destination, alignment: alignment)
    }

    /// XOR, OR, AND.
    mutating func logical(
        _ kind: HostArithmetic, _ destination: UInt8, _ left: UInt8, _ right: UInt8
    ) {
        if let value = facts.value(of: right) {
            return logicalImmediate(kind, destination, left, value)
        }
        if let value = facts.value(of: left) {
            return logicalImmediate(kind, destination, right, value)
        }
        let (first, second) = (facts.alignment(of: left), facts.alignment(of: right))
        commutative(kind, destination, left, right)
        facts.wrote(
            destination, alignment: kind == .and ? max(first, second) : min(first, second))
    }

    /// XORI, ORI, ANDI.
    mutating func logicalImmediate(
        _ kind: HostArithmetic, _ destination: UInt8, _ source: UInt8, _ immediate: UInt32
    ) {
        if let value = facts.value(of: source) {
            let result =
                kind == .xor
                ? value ^ immediate : kind == .or ? value | immediate : value & immediate
            return write(destination, value: result)
        }
        if kind == .and, immediate == 0xff { return extend(.unsignedByte, destination, source) }
        let zeroBits = RegisterFacts.zeroBits(of: immediate)
        let known = facts.alignment(of: source)
        let target = destination == source ? nil : target(destination)
        let place = target.map(HostPlace.register) ?? place(destination)
        if let target { assembler.move(target, from: self.place(source)) }
        if kind == .xor, immediate == .max {
            assembler.complement(place)
        } else {
            assembler.arithmetic(kind, place, immediate: immediate)
        }
        if let target { write(destination, from: target) }
        facts.wrote(
            destination, alignment: kind == .and ? max(known, zeroBits) : min(known, zeroBits))
    }

    /// The low byte or half of a register, extended as a load of that kind would.
    mutating func extend(
        _ kind: HostAssembler.LoadKind, _ destination: UInt8, _ source: UInt8
    ) {
        let known = facts.alignment(of: source)
        let target = target(destination)
        assembler.extend(kind, target, place(source))
        write(destination, from: target)
        facts.wrote(destination, alignment: known)
    }

    /// An operation whose operands may change places.
    private mutating func commutative(
        _ kind: HostArithmetic, _ destination: UInt8, _ left: UInt8, _ right: UInt8
    ) {
        let isAtHand = assembler.source(place(right)) == .register(.rax)
        let staysPut = destination == left && place(left).isRegister
        if destination == right || isAtHand && !staysPut {
            accumulate(kind, destination, right, left)
        } else {
            accumulate(kind, destination, left, right)
        }
    }

    /// destination = left op right, neither known.
    private mutating func accumulate(
        _ kind: HostArithmetic, _ destination: UInt8, _ left: UInt8, _ right: UInt8
    ) {
        if destination == left, let register = place(destination).register {
            return assembler.arithmetic(kind, register, place(right))
        }
        // When the destination is also the right operand it must not be written first.
        let target = destination == right ? HostRegister.rax : target(destination)
        assembler.move(target, from: place(left))
        assembler.arithmetic(kind, target, place(right))
        write(destination, from: target)
    }

    /// SLLI, SRLI, SRAI.
    mutating func shiftImmediate(
        _ kind: HostShift, _ destination: UInt8, _ source: UInt8, _ immediate: UInt32
    ) {
        let count = immediate & 31
        if let value = facts.value(of: source) {
            return write(destination, value: Self.shifted(kind, value, count))
        }
        guard count != 0 else { return copy(destination, from: source) }
        let known =
            kind == .left
            ? min(RegisterFacts.zeroBitCountMax, facts.alignment(of: source) + UInt8(count)) : 0
        if destination == source {
            assembler.shift(kind, place(destination), by: UInt8(count))
        } else {
            let target = target(destination)
            assembler.move(target, from: place(source))
            assembler.shift(kind, .register(target), by: UInt8(count))
            write(destination, from: target)
        }
        facts.wrote(destination, alignment: known)
    }

    private static func shifted(_ kind: HostShift, _ value: UInt32, _ count: UInt32) -> UInt32 {
        switch kind {
        case .left: value &<< count
        case .rightLogical: value &>> count
        case .rightArithmetic: Arithmetic.shiftRight(value, count)
        }
    }

    /// SLL, SRL, SRA.
    mutating func shift(
        _ kind: HostShift, _ destination: UInt8, _ left: UInt8, _ right: UInt8
    ) {
        if let value = facts.value(of: right) {
            return shiftImmediate(kind, destination, left, value)
        }
        let (value, count) = (read(left, .rax), read(right, .rcx))
        let target = target(destination)
        assembler.shift(kind, target, .register(value), by: count)
        write(destination, from: target)
        facts.wrote(destination)
    }

    /// SLT, SLTU.
    mutating func setIfLess(
        _ destination: UInt8, _ left: UInt8, _ right: UInt8, _ condition: HostCondition
    ) {
        if let value = facts.value(of: right) {
            return setIfLess(destination, left, immediate: value, condition)
        }
        if condition == .below, facts.value(of: left) == 0 {
            // Zero is below everything but zero.
            let target = setTarget(destination, right, right)
            compare(right, immediate: 0)
            return finishSet(destination, target, .notEqual)
        }
        let target = setTarget(destination, left, right)
        compare(left, right)
        finishSet(destination, target, condition)
    }

    /// SLTI, SLTIU.
    mutating func setIfLess(
        _ destination: UInt8, _ source: UInt8, immediate: UInt32, _ condition: HostCondition
    ) {
        if let value = facts.value(of: source) {
            let isLess =
                condition == .less ? Arithmetic.isLess(value, immediate) : value < immediate
            return write(destination, value: isLess ? 1 : 0)
        }
        let target = setTarget(destination, source, source)
        compare(source, immediate: immediate)
        finishSet(destination, target, condition)
    }

    /// The register for a condition: cleared beforehand when no operand of the comparison is in it,
    /// because clearing changes the flags.
    mutating func setTarget(_ destination: UInt8, _ left: UInt8, _ right: UInt8) -> HostRegister? {
        guard let register = place(destination).register, destination != left, destination != right
        else { return nil }
        assembler.clear(register)
        return register
    }

    /// Writes the outcome of a comparison, 0 or 1. The flags stay.
    mutating func finishSet(
        _ destination: UInt8, _ cleared: HostRegister?, _ condition: HostCondition
    ) {
        if let cleared {
            assembler.set(cleared, if: condition)
        } else {
            assembler.set(.rax, if: condition)
            let target = target(destination)
            assembler.extendByte(target, .rax)
            write(destination, from: target)
        }
        facts.wrote(destination)
    }
}
