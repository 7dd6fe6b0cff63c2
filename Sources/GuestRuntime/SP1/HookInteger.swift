/// A natural number as hooks get and give it: bytes outside, limbs without leading zeros inside.
struct HookInteger {
    /// The least significant first.
    let limbs: [UInt64]

    /// Zero.
    static let zero = HookInteger([])

    /// The number with these limbs, which may have leading zeros.
    init(_ limbs: [UInt64]) {
        self.limbs = Array(limbs.prefix(Limbs.significantCount(limbs.span)))
    }

    /// The number of some bytes, the least significant first.
    init(littleEndian bytes: ArraySlice<UInt8>) {
        var limbs = [UInt64](repeating: 0, count: (bytes.count + 7) / 8)
        for (index, byte) in bytes.enumerated() {
            limbs[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
        }
        self.init(limbs)
    }

    /// The number of some bytes, the most significant first.
    init(bigEndian bytes: ArraySlice<UInt8>) {
        self.init(littleEndian: ArraySlice(bytes.reversed()))
    }

    /// Whether it is zero.
    var isZero: Bool { limbs.isEmpty }

    /// Whether it is smaller than another.
    func isLess(than other: HookInteger) -> Bool { Limbs.isLess(limbs.span, other.limbs.span) }

    /// The lowest bytes, the least significant first.
    func littleEndian(_ count: Int) -> [UInt8] {
        (0..<count).map { index in
            guard index / 8 < limbs.count else { return 0 }
            return UInt8(truncatingIfNeeded: limbs[index / 8] >> UInt64(index % 8 * 8))
        }
    }

    /// The lowest bytes, the most significant first.
    func bigEndian(_ count: Int) -> [UInt8] { littleEndian(count).reversed() }

    /// The quotient and remainder of a division by a number that is not zero.
    func quotientAndRemainder(
        dividingBy divisor: HookInteger
    ) -> (quotient: HookInteger, remainder: HookInteger) {
        var quotient = [UInt64](repeating: 0, count: limbs.count)
        var rest = [UInt64](repeating: 0, count: max(limbs.count, divisor.limbs.count) + 1)
        var work = [UInt64](repeating: 0, count: divisor.limbs.count + 1)
        do {
            var quotientSpan = quotient.mutableSpan
            var restSpan = rest.mutableSpan
            var workSpan = work.mutableSpan
            Limbs.divide(
                limbs.span, by: divisor.limbs.span, quotient: &quotientSpan, rest: &restSpan,
                normalised: &workSpan)
        }
        return (HookInteger(quotient), HookInteger(rest))
    }

    /// A number less a small one that is not larger.
    static func difference(_ number: [UInt64], _ small: UInt64) -> [UInt64] {
        var difference = number
        let subtrahend = [small]
        var span = difference.mutableSpan
        Limbs.subtract(number.span, subtrahend.span, into: &span)
        return difference
    }
}
