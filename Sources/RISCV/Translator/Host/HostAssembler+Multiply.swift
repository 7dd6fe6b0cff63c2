// Multiplication and division.
extension HostAssembler {
    /// IMUL register, place: the low 32 bits, or 64 when wide.
    mutating func multiply(_ target: HostRegister, _ source: HostPlace, wide: Bool = false) {
        instruction(0xaf, target.rawValue, self.source(source), wide: wide, escape: true)
        changes(target)
    }

    /// IMUL register, place, immediate.
    mutating func multiply(_ target: HostRegister, _ source: HostPlace, immediate: UInt32) {
        instruction(0x69, target.rawValue, self.source(source))
        word(immediate)
        changes(target)
    }

    /// CDQ: the sign of eax into all bits of edx.
    mutating func extendSignIntoDX() { byte(0x99) }

    /// DIV register: eax = edx:eax / register, edx = the rest. Faults when the quotient is too large.
    mutating func divideUnsigned(by register: HostRegister) {
        instruction(0xf7, 6, .register(register))
        changes(.rax)
    }

    /// IDIV register: the same, signed.
    mutating func divideSigned(by register: HostRegister) {
        instruction(0xf7, 7, .register(register))
        changes(.rax)
    }
}
