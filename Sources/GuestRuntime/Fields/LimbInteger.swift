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

    /// The number at an address of a guest's memory, and the one behind it.
    static func readPair(
        _ core: inout GuestCore, at address: UInt32
    ) throws(GuestStop) -> (Self, Self)

    /// Writes a number to an address of a guest's memory, and another one behind it.
    static func writePair(
        _ first: Self, _ second: Self, _ core: inout GuestCore, at address: UInt32
    ) throws(GuestStop)
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

    @inline(__always)
    static func readPair(
        _ core: inout GuestCore, at address: UInt32
    ) throws(GuestStop) -> (Self, Self) {
        if count == 4 {
            let limbs: InlineArray<8, UInt64> = try core.limbs(at: address)
            return (Self(limbs, from: 0), Self(limbs, from: count))
        }
        precondition(count == 6, "fields have 4 or 6 limbs")
        let limbs: InlineArray<12, UInt64> = try core.limbs(at: address)
        return (Self(limbs, from: 0), Self(limbs, from: count))
    }

    @inline(__always)
    static func writePair(
        _ first: Self, _ second: Self, _ core: inout GuestCore, at address: UInt32
    ) throws(GuestStop) {
        if count == 4 {
            try core.store(pair(first, second) as InlineArray<8, UInt64>, at: address)
        } else {
            precondition(count == 6, "fields have 4 or 6 limbs")
            try core.store(pair(first, second) as InlineArray<12, UInt64>, at: address)
        }
    }

    /// Some limbs of more, from a place on.
    @inline(__always)
    private init<let width: Int>(_ limbs: InlineArray<width, UInt64>, from start: Int) {
        self.init()
        for index in 0..<count { self[index] = limbs[start + index] }
    }

    /// The limbs of two numbers.
    @inline(__always)
    private static func pair<let width: Int>(
        _ first: Self, _ second: Self
    ) -> InlineArray<width, UInt64> {
        var limbs = InlineArray<width, UInt64>(repeating: 0)
        for index in 0..<count {
            limbs[index] = first[index]
            limbs[count + index] = second[index]
        }
        return limbs
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

    /// Half of this number, or of the sum with an odd modulus, whichever is even.
    @inline(__always)
    func halved(modulo modulus: Self) -> Self {
        let (sum, carry) = adding(Self().replaced(by: modulus, if: isOdd))
        var half = Self()
        for index in 0..<Self.limbCount {
            let above = index + 1 < Self.limbCount ? sum[index + 1] : carry
            half[index] = sum[index] &>> 1 | above &<< 63
        }
        return half
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
