/// An unsigned 256-bit integer: EVM words, balances and fees in wei.
///
/// Arithmetic never wraps silently: every operation says whether it left the range.
package struct UInt256: Hashable, Comparable, Sendable {
    /// Zero.
    package static let zero = UInt256(0)

    /// 2^256 - 1.
    package static let max = UInt256(limbs: .max, .max, .max, .max)

    // Limbs of 64 bits, the least significant first.
    package let limb0: UInt64
    package let limb1: UInt64
    package let limb2: UInt64
    package let limb3: UInt64

    /// The integer of four limbs, the least significant first.
    package init(limbs limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64) {
        self.limb0 = limb0
        self.limb1 = limb1
        self.limb2 = limb2
        self.limb3 = limb3
    }

    /// The integer with this value.
    package init(_ value: UInt64) {
        self.init(limbs: value, 0, 0, 0)
    }

    /// The integer that the 32 bytes spell, big-endian.
    package init(_ word: Hash32) {
        self.init(limbs: word.word3, word.word2, word.word1, word.word0)
    }

    /// The integer as a big-endian EVM word.
    package var word: Hash32 { Hash32(words: limb3, limb2, limb1, limb0) }

    /// The value as a `UInt64`; nil when it does not fit.
    package var asUInt64: UInt64? {
        limb1 | limb2 | limb3 == 0 ? limb0 : nil
    }

    /// How many leading bits of the 256 are zero.
    package var leadingZeroBitCount: Int {
        if limb3 != 0 { return limb3.leadingZeroBitCount }
        if limb2 != 0 { return 64 + limb2.leadingZeroBitCount }
        if limb1 != 0 { return 128 + limb1.leadingZeroBitCount }
        return 192 + limb0.leadingZeroBitCount
    }

    package static func < (left: UInt256, right: UInt256) -> Bool {
        (left.limb3, left.limb2, left.limb1, left.limb0)
            < (right.limb3, right.limb2, right.limb1, right.limb0)
    }

    /// The sum modulo 2^256, and whether it was larger.
    package func addingReportingOverflow(_ other: UInt256) -> (sum: UInt256, overflow: Bool) {
        let (sum0, carry0) = limb0.addingReportingOverflow(other.limb0)
        let (sum1, carry1) = limb1.adding(other.limb1, carry: carry0)
        let (sum2, carry2) = limb2.adding(other.limb2, carry: carry1)
        let (sum3, carry3) = limb3.adding(other.limb3, carry: carry2)
        return (UInt256(limbs: sum0, sum1, sum2, sum3), carry3)
    }

    /// The difference modulo 2^256, and whether `other` was larger.
    package func subtractingReportingOverflow(
        _ other: UInt256
    ) -> (difference: UInt256, overflow: Bool) {
        let inverted = UInt256(limbs: ~other.limb0, ~other.limb1, ~other.limb2, ~other.limb3)
        let (partial, carry) = addingReportingOverflow(inverted)
        let (difference, secondCarry) = partial.addingReportingOverflow(UInt256(1))
        return (difference, !(carry || secondCarry))
    }

    /// The product modulo 2^256, and whether it was larger.
    package func multipliedReportingOverflow(
        by factor: UInt64
    ) -> (product: UInt256, overflow: Bool) {
        let part0 = limb0.multipliedFullWidth(by: factor)
        let part1 = limb1.multipliedFullWidth(by: factor)
        let part2 = limb2.multipliedFullWidth(by: factor)
        let part3 = limb3.multipliedFullWidth(by: factor)
        let low = UInt256(limbs: part0.low, part1.low, part2.low, part3.low)
        let high = UInt256(limbs: 0, part0.high, part1.high, part2.high)
        let (product, carry) = low.addingReportingOverflow(high)
        return (product, carry || part3.high != 0)
    }

    /// The quotient and remainder of a division by a non-zero 64-bit divisor.
    package func quotientAndRemainder(
        dividingBy divisor: UInt64
    ) -> (quotient: UInt256, remainder: UInt64) {
        precondition(divisor != 0, "division by zero")
        let (quotient3, remainder3) = divisor.dividingFullWidth((0, limb3))
        let (quotient2, remainder2) = divisor.dividingFullWidth((remainder3, limb2))
        let (quotient1, remainder1) = divisor.dividingFullWidth((remainder2, limb1))
        let (quotient0, remainder0) = divisor.dividingFullWidth((remainder1, limb0))
        return (UInt256(limbs: quotient0, quotient1, quotient2, quotient3), remainder0)
    }
}

extension UInt64 {
    /// The sum of two limbs and a carry, and the carry out.
    fileprivate func adding(_ other: UInt64, carry: Bool) -> (sum: UInt64, carry: Bool) {
        let (partial, firstCarry) = addingReportingOverflow(other)
        let (sum, secondCarry) = partial.addingReportingOverflow(carry ? 1 : 0)
        return (sum, firstCarry || secondCarry)
    }
}
