/// What is known about the guest's registers before an instruction, on every way that leads there.
struct RegisterFacts {
    private var values: [32 of UInt32] = .init(repeating: 0)
    /// Bit n: the value of xn is known.
    private var known: UInt32 = 1
    /// How many low bits are known to be zero, at most 31.
    private var zeroBits: [32 of UInt8] = .init(repeating: 0)

    /// Nothing is known, but that x0 is zero.
    static let nothing = RegisterFacts()

    /// The value of a register, when it is known.
    @inline(__always)
    func value(of register: UInt8) -> UInt32? {
        known >> UInt32(register) & 1 == 0 ? nil : values[Int(register & 31)]
    }

    /// How many of the low bits of a register are known to be zero.
    @inline(__always)
    func alignment(of register: UInt8) -> UInt8 {
        if let value = value(of: register) { return UInt8(min(31, value.trailingZeroBitCount)) }
        return zeroBits[Int(register & 31)]
    }

    /// A register was written, and this is what is known about it now.
    @inline(__always)
    mutating func wrote(_ register: UInt8, alignment: UInt8 = 0) {
        guard register < 32 else { return }
        known &= ~(1 << UInt32(register))
        zeroBits[Int(register)] = alignment
    }

    /// A register was written with this value.
    @inline(__always)
    mutating func wrote(_ register: UInt8, value: UInt32) {
        guard register < 32 else { return }
        known |= 1 << UInt32(register)
        values[Int(register)] = value
    }

    /// It was found out that the low bits of a register are zero.
    @inline(__always)
    mutating func learned(_ register: UInt8, alignment: UInt8) {
        zeroBits[Int(register & 31)] = max(zeroBits[Int(register & 31)], alignment)
    }
}
