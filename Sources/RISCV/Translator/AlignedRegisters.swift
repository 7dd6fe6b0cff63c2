/// Which registers are multiples of 2, and which of 4: bit n says it of xn. x0 always is.
struct AlignedRegisters: Equatable {
    private(set) var halves: UInt32
    private(set) var words: UInt32

    /// Nothing is known, but that x0 is zero.
    static let none = AlignedRegisters(halves: 1, words: 1)
    /// As well what no way says that none has come yet.
    static let all = AlignedRegisters(halves: ~0, words: ~0)

    /// How many of the low bits of a register, 0 to 31, are zero, at most 2.
    @inline(__always)
    func zeroBits(of register: UInt8) -> UInt8 {
        let bit = UInt32(register)
        return UInt8(truncatingIfNeeded: (halves &>> bit & 1) &+ (words &>> bit & 1))
    }

    /// At least these many low bits of a register, 0 to 31, are zero, or none is known to be.
    @inline(__always)
    mutating func set(_ register: UInt8, zeroBits: UInt8) {
        let bit = UInt32(1) &<< UInt32(register)
        halves = zeroBits > 0 ? halves | bit : halves & ~bit
        words = zeroBits > 1 ? words | bit : words & ~bit
    }

    /// What is true here and there.
    @inline(__always)
    mutating func meet(_ other: AlignedRegisters) {
        halves &= other.halves
        words &= other.words
    }
}
