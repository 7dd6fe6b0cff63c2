/// A natural number below 2^(64·limbCount), as limbs of 64 bits, the least significant first. What is
/// generic over the width of a field knows its numbers by this.
protocol FixedNatural: Equatable {
    /// How many limbs there are.
    static var limbCount: Int { get }

    /// Zero.
    init()

    /// One limb.
    subscript(_ index: Int) -> UInt64 { get set }

    /// The number at an address of a guest's memory.
    static func read(_ core: inout GuestCore, at address: UInt32) throws(GuestStop) -> Self

    /// Writes the number to an address of a guest's memory.
    func write(_ core: inout GuestCore, at address: UInt32) throws(GuestStop)
}

/// A natural number of `count` limbs.
struct LimbInteger<let count: Int>: FixedNatural {
    private var limbs: InlineArray<count, UInt64>

    static var limbCount: Int { count }

    @inline(__always)
    init() { limbs = InlineArray(repeating: 0) }

    /// The number with these limbs.
    @inline(__always)
    init(_ limbs: InlineArray<count, UInt64>) { self.limbs = limbs }

    @inline(__always)
    subscript(_ index: Int) -> UInt64 {
        get { limbs[index] }
        set { limbs[index] = newValue }
    }

    static func read(_ core: inout GuestCore, at address: UInt32) throws(GuestStop) -> Self {
        Self(try core.limbs(at: address))
    }

    func write(_ core: inout GuestCore, at address: UInt32) throws(GuestStop) {
        try core.store(limbs, at: address)
    }
}

extension FixedNatural {
    /// How many bytes of a guest's memory such a number takes.
    @inline(__always)
    static var byteCount: UInt32 { UInt32(limbCount * 8) }

    /// The number with this value.
    @inline(__always)
    init(_ value: UInt64) {
        self.init()
        self[0] = value
    }

    @inline(__always)
    static func == (left: Self, right: Self) -> Bool {
        var difference: UInt64 = 0
        for index in 0..<Self.limbCount { difference |= left[index] ^ right[index] }
        return difference == 0
    }

    /// Whether this is zero.
    var isZero: Bool { self == Self() }

    /// Whether this is odd.
    var isOdd: Bool { self[0] & 1 == 1 }

    /// The sum modulo 2^(64·limbCount), and its carry, 0 or 1.
    @inline(__always)
    func adding(_ other: Self) -> (sum: Self, carry: UInt64) {
        var sum = Self()
        var carry: UInt64 = 0
        for index in 0..<Self.limbCount { sum[index] = self[index].adding(other[index], &carry) }
        return (sum, carry)
    }

    /// The difference modulo 2^(64·limbCount), and its borrow: 0, or 1 when `other` was larger.
    @inline(__always)
    func subtracting(_ other: Self) -> (difference: Self, borrow: UInt64) {
        var difference = Self()
        var borrow: UInt64 = 0
        for index in 0..<Self.limbCount {
            difference[index] = self[index].subtracting(other[index], &borrow)
        }
        return (difference, borrow)
    }

    /// This number, or `other` if the condition holds, without a branch.
    @inline(__always)
    func replaced(by other: Self, if condition: Bool) -> Self {
        let mask: UInt64 = condition ? .max : 0
        var result = Self()
        for index in 0..<Self.limbCount {
            result[index] = self[index] ^ (mask & (self[index] ^ other[index]))
        }
        return result
    }

    @inline(__always)
    static func < (left: Self, right: Self) -> Bool { left.subtracting(right).borrow == 1 }
}
