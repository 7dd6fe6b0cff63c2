/// The arithmetic instructions of two operands, numbered as their opcodes are (Intel SDM volume 2,
/// table A-2: opcode = number * 8 + form).
struct HostArithmetic: Equatable {
    /// The number, 0 to 7.
    let rawValue: UInt8

    static let add = HostArithmetic(rawValue: 0)
    static let or = HostArithmetic(rawValue: 1)
    static let adc = HostArithmetic(rawValue: 2)
    static let sbb = HostArithmetic(rawValue: 3)
    static let and = HostArithmetic(rawValue: 4)
    static let sub = HostArithmetic(rawValue: 5)
    static let xor = HostArithmetic(rawValue: 6)
    static let cmp = HostArithmetic(rawValue: 7)
}

// Moves, arithmetic and comparisons. 32 bits wide unless the name says otherwise; writing 32 bits
// of a register clears the upper half, so host registers always hold guest values zero-extended.
extension HostAssembler {
    /// MOV register, place: nothing when it is there.
    @inline(__always)
    mutating func move(_ target: HostRegister, from source: HostPlace) {
        let nearest = self.source(source)
        if nearest != .register(target) { load(target, from: source, nearest) }
    }

    /// MOV register, place; `nearest` is where the value of `source` is read.
    private mutating func load(
        _ target: HostRegister, from source: HostPlace, _ nearest: HostPlace
    ) {
        instruction(0x8b, target.rawValue, nearest)
        changes(target)
        if target == .rax { holds(source) }
    }

    /// MOV place, register: nothing when it is there.
    @inline(__always)
    mutating func move(_ target: HostPlace, from source: HostRegister) {
        if target != .register(source) { store(target, from: source) }
    }

    /// MOV place, register.
    private mutating func store(_ target: HostPlace, from source: HostRegister) {
        instruction(0x89, source.rawValue, target)
        changes(target)
        if source == .rax { holds(target) }
    }

    /// MOV place, immediate.
    mutating func move(_ target: HostPlace, immediate: UInt32) {
        if let register = target.register {
            let bits = UInt64(0xb8 | register.rawValue & 7) | UInt64(immediate) << 8
            let hasREX = register.rawValue > 7
            write(HostBytes(hasREX ? 0x41 | bits << 8 : bits, count: hasREX ? 6 : 5))
        } else {
            instruction(0xc7, 0, target, HostBytes(UInt64(immediate), count: 4))
        }
        changes(target)
    }

    /// XOR register, itself: zero, and the flags change.
    mutating func clear(_ register: HostRegister) {
        changes(register)
        instruction(0x31, register.rawValue, .register(register))
    }

    /// MOVSXD register (64 bits), register (32 bits).
    mutating func moveSigned(_ target: HostRegister, from source: HostRegister) {
        instruction(0x63, target.rawValue, .register(source), wide: true)
        changes(target)
    }

    /// op register, place.
    mutating func arithmetic(
        _ kind: HostArithmetic, _ target: HostRegister, _ source: HostPlace, wide: Bool = false
    ) {
        instruction(kind.rawValue << 3 | 3, target.rawValue, self.source(source), wide: wide)
        if kind != .cmp { changes(target) }
    }

    /// op place, register.
    mutating func arithmetic(_ kind: HostArithmetic, _ target: HostPlace, _ source: HostRegister) {
        let place = kind == .cmp ? self.source(target) : target
        instruction(kind.rawValue << 3 | 1, source.rawValue, place)
        if kind != .cmp { changes(target) }
    }

    /// op place, immediate.
    mutating func arithmetic(
        _ kind: HostArithmetic, _ target: HostPlace, immediate: UInt32, wide: Bool = false
    ) {
        let isShort = Int32(bitPattern: immediate) == Int32(Int8(truncatingIfNeeded: immediate))
        let place = kind == .cmp ? source(target) : target
        // REX stands before registers only, which need one byte.
        instruction(
            isShort ? 0x83 : 0x81, kind.rawValue, place, wide: wide,
            HostBytes(UInt64(immediate), count: isShort ? 1 : 4))
        if kind != .cmp { changes(target) }
    }

    /// LEA register, [base + displacement]. The base is not rsp.
    mutating func add(_ target: HostRegister, _ base: HostRegister, displacement: UInt32) {
        changes(target)
        let rex = 0x40 | (target.rawValue >> 3) << 2 | base.rawValue >> 3
        var bytes = HostBytes(UInt64(rex) | 0x8d << 8, count: 2)
        bytes.append(
            HostBytes.modRM(target.rawValue, base: base, Int32(bitPattern: displacement)))
        write(bytes)
    }

    /// LEA register, [first + second].
    mutating func add(_ target: HostRegister, _ first: HostRegister, _ second: HostRegister) {
        changes(target)
        // A base of rbp or r13 takes a displacement, so it is not the base when it need not be.
        let swaps = first.rawValue & 7 == 5
        add(target, swaps ? second : first, swaps ? first : second, shiftedBy: 0)
    }

    /// TEST register, itself.
    mutating func testZero(_ register: HostRegister) {
        instruction(0x85, register.rawValue, .register(register))
    }

    /// TEST low byte of register, immediate.
    mutating func test(_ register: HostRegister, lowBits mask: UInt8) {
        instruction(
            0xf6, 0, .register(register), byteRegisters: register.rawValue > 3,
            HostBytes(UInt64(mask), count: 1))
    }

    /// NOT place.
    mutating func complement(_ place: HostPlace) {
        instruction(0xf7, 2, place)
        changes(place)
    }

    /// NEG place.
    mutating func negate(_ place: HostPlace) {
        instruction(0xf7, 3, place)
        changes(place)
    }

    /// SETcc low byte of register.
    mutating func set(_ register: HostRegister, if condition: HostCondition) {
        changes(register)
        instruction(
            0x90 | condition.rawValue, 0, .register(register),
            byteRegisters: register.rawValue > 3, escape: true)
    }

    /// CMOVcc register, place.
    mutating func move(
        _ target: HostRegister, from source: HostPlace, if condition: HostCondition
    ) {
        instruction(0x40 | condition.rawValue, target.rawValue, self.source(source), escape: true)
        changes(target)
    }

    /// LEA register, [base + index * 2^shift], shift at most 3.
    mutating func add(
        _ target: HostRegister, _ base: HostRegister, _ index: HostRegister, shiftedBy shift: UInt8
    ) {
        changes(target)
        let rex =
            0x40 | (target.rawValue >> 3) << 2 | (index.rawValue >> 3) << 1 | base.rawValue >> 3
        // A base of rbp or r13 takes a displacement.
        let needsDisplacement = base.rawValue & 7 == 5
        let modRM = (needsDisplacement ? 0x44 : 0x04) | (target.rawValue & 7) << 3
        let sib = shift << 6 | (index.rawValue & 7) << 3 | base.rawValue & 7
        let bits = UInt64(rex) | 0x8d << 8 | UInt64(modRM) << 16 | UInt64(sib) << 24
        write(HostBytes(bits, count: needsDisplacement ? 5 : 4))
    }

    /// LEA register, [register + index * 2^shift + displacement], 64 bits, shift at most 3. The flags stay.
    mutating func addWide(
        _ target: HostRegister, _ index: HostRegister, shiftedBy shift: UInt8, displacement: Int8
    ) {
        let number = target.rawValue & 7
        let rex = 0x48 | (target.rawValue >> 3) * 5 | (index.rawValue >> 3) << 1
        let sib = shift << 6 | (index.rawValue & 7) << 3 | number
        let bits = UInt64(rex) | 0x8d << 8 | UInt64(0x44 | number << 3) << 16 | UInt64(sib) << 24
        write(HostBytes(bits | UInt64(UInt8(bitPattern: displacement)) << 32, count: 5))
        changes(target)
    }

    /// MOVZX or MOVSX register, low byte or half of place: what a load of that kind would make of it.
    mutating func extend(_ kind: LoadKind, _ target: HostRegister, _ source: HostPlace) {
        let nearest = self.source(source)
        // As in `instruction`: those of the numbers 4 to 7 have other names without REX.
        let isHighNumber = nearest.isRegister && nearest.registerNumber > 3
        instruction(
            kind.rawValue, target.rawValue, nearest, byteRegisters: isHighNumber, escape: true)
        changes(target)
    }

    /// MOVZX register, low byte of register.
    mutating func extendByte(_ target: HostRegister, _ source: HostRegister) {
        extend(.unsignedByte, target, .register(source))
    }
}
