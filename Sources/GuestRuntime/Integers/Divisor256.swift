/// A number of at most 256 bits, ready to divide products of two such numbers.
///
/// Barrett's method (A. Menezes et al., Handbook of Applied Cryptography, algorithm 14.42) in base 2^64
/// with four limbs: multiplications that mostly don't wait for each other instead of divisions.
struct Divisor256 {
    /// The number, four limbs with the least significant first.
    let value: InlineArray<4, UInt64>

    /// 2^512 divided by the number. Zero when that has more than five limbs.
    private let reciprocal: InlineArray<5, UInt64>

    /// Prepares a number; nil when it is zero. Takes several times as long as a remainder.
    init?(nonZero value: InlineArray<4, UInt64>) {
        let count = Limbs.significantCount(value.span)
        guard count > 0 else { return nil }
        self.value = value
        var power = InlineArray<9, UInt64>(repeating: 0)
        power[8] = 1
        let quotient = Self.divide(power, by: value, count).quotient
        let isShort = quotient[5] | quotient[6] | quotient[7] | quotient[8] != 0
        reciprocal = InlineArray { isShort ? 0 : quotient[$0] }
    }

    /// A number of 512 bits, modulo the number.
    @inline(__always)
    func remainder(of product: InlineArray<8, UInt64>) -> InlineArray<4, UInt64> {
        // The reciprocal is above 2^256 when it is there.
        guard reciprocal[4] != 0 else { return shortRemainder(of: product) }
        let multiple = multiple(quotientEstimate(of: product))
        // The estimate is at most three too small, so the rest is below four times the number.
        var rest = subtract(product, multiple)
        rest = subtractOnce(rest).difference
        while true {
            let next = subtractOnce(rest)
            guard next.isChanged else { break }
            rest = next.difference
        }
        return [rest[0], rest[1], rest[2], rest[3]]
    }
}

// Written out, for the same reason as in `Product256`.
extension Divisor256 {
    private typealias Limb = UInt64

    /// The product divided by the number, or up to three less.
    @inline(__always)
    private func quotientEstimate(of product: InlineArray<8, UInt64>) -> InlineArray<5, UInt64> {
        // The upper five limbs of the product times the reciprocal, from column 4 on. What the lower
        // columns carry is at most one in column 5.
        let (x0, x1, x2, x3, x4) = (product[3], product[4], product[5], product[6], product[7])
        var (s4, s5) = Product256.multiplyAdd(x4, reciprocal[0], 0, 0)
        var (s6, s7, s8, s9, carry): (Limb, Limb, Limb, Limb, Limb) = (0, 0, 0, 0, 0)
        (s4, carry) = Product256.multiplyAdd(x3, reciprocal[1], s4, 0)
        (s5, s6) = Product256.multiplyAdd(x4, reciprocal[1], s5, carry)
        (s4, carry) = Product256.multiplyAdd(x2, reciprocal[2], s4, 0)
        (s5, carry) = Product256.multiplyAdd(x3, reciprocal[2], s5, carry)
        (s6, s7) = Product256.multiplyAdd(x4, reciprocal[2], s6, carry)
        (s4, carry) = Product256.multiplyAdd(x1, reciprocal[3], s4, 0)
        (s5, carry) = Product256.multiplyAdd(x2, reciprocal[3], s5, carry)
        (s6, carry) = Product256.multiplyAdd(x3, reciprocal[3], s6, carry)
        (s7, s8) = Product256.multiplyAdd(x4, reciprocal[3], s7, carry)
        (s4, carry) = Product256.multiplyAdd(x0, reciprocal[4], s4, 0)
        (s5, carry) = Product256.multiplyAdd(x1, reciprocal[4], s5, carry)
        (s6, carry) = Product256.multiplyAdd(x2, reciprocal[4], s6, carry)
        (s7, carry) = Product256.multiplyAdd(x3, reciprocal[4], s7, carry)
        (s8, s9) = Product256.multiplyAdd(x4, reciprocal[4], s8, carry)
        return [s5, s6, s7, s8, s9]
    }

    /// A multiple of the number, modulo 2^320.
    @inline(__always)
    private func multiple(_ factor: InlineArray<5, UInt64>) -> InlineArray<5, UInt64> {
        let first = Product256.row(value, factor[0], adding: [0, 0, 0, 0])
        let second = Product256.row(
            value, factor[1], adding: [first[1], first[2], first[3], first[4]])
        let third = Product256.row(
            [value[0], value[1], value[2], 0], factor[2],
            adding: [second[1], second[2], second[3], 0])
        let fourth = Product256.row(
            [value[0], value[1], 0, 0], factor[3], adding: [third[1], third[2], 0, 0])
        let fifth = fourth[1] &+ value[0] &* factor[4]
        return [first[0], second[0], third[0], fourth[0], fifth]
    }

    /// The lower five limbs of a product without a multiple.
    @inline(__always)
    private func subtract(
        _ product: InlineArray<8, UInt64>, _ multiple: InlineArray<5, UInt64>
    ) -> InlineArray<5, UInt64> {
        let (limb0, borrow0) = Self.subtract(product[0], multiple[0], false)
        let (limb1, borrow1) = Self.subtract(product[1], multiple[1], borrow0)
        let (limb2, borrow2) = Self.subtract(product[2], multiple[2], borrow1)
        let (limb3, borrow3) = Self.subtract(product[3], multiple[3], borrow2)
        let (limb4, _) = Self.subtract(product[4], multiple[4], borrow3)
        return [limb0, limb1, limb2, limb3, limb4]
    }

    /// The rest without the number, unless it is smaller. Without a branch, which would be predicted wrongly
    /// half of the time.
    @inline(__always)
    private func subtractOnce(
        _ rest: InlineArray<5, UInt64>
    ) -> (difference: InlineArray<5, UInt64>, isChanged: Bool) {
        let (limb0, borrow0) = Self.subtract(rest[0], value[0], false)
        let (limb1, borrow1) = Self.subtract(rest[1], value[1], borrow0)
        let (limb2, borrow2) = Self.subtract(rest[2], value[2], borrow1)
        let (limb3, borrow3) = Self.subtract(rest[3], value[3], borrow2)
        let (limb4, isLess) = Self.subtract(rest[4], 0, borrow3)
        let kept: UInt64 = isLess ? .max : 0
        let difference: InlineArray<5, UInt64> = [
            limb0 ^ (limb0 ^ rest[0]) & kept, limb1 ^ (limb1 ^ rest[1]) & kept,
            limb2 ^ (limb2 ^ rest[2]) & kept, limb3 ^ (limb3 ^ rest[3]) & kept,
            limb4 ^ (limb4 ^ rest[4]) & kept,
        ]
        return (difference, !isLess)
    }

    @inline(__always)
    private static func subtract(
        _ left: UInt64, _ right: UInt64, _ borrow: Bool
    ) -> (UInt64, Bool) {
        let (partial, first) = left.subtractingReportingOverflow(right)
        let (difference, second) = partial.subtractingReportingOverflow(borrow ? 1 : 0)
        return (difference, first || second)
    }

    /// The remainder when the number has less than four limbs, which no modulus of a curve has.
    @inline(never)
    private func shortRemainder(of product: InlineArray<8, UInt64>) -> InlineArray<4, UInt64> {
        let dividend = InlineArray<9, UInt64> { $0 < 8 ? product[$0] : 0 }
        let count = Limbs.significantCount(value.span)
        let rest = Self.divide(dividend, by: value, count).rest
        return [rest[0], rest[1], rest[2], rest[3]]
    }

    /// A division by a number of so many limbs, as on paper.
    private static func divide(
        _ dividend: InlineArray<9, UInt64>, by divisor: InlineArray<4, UInt64>, _ count: Int
    ) -> (quotient: InlineArray<9, UInt64>, rest: InlineArray<10, UInt64>) {
        var quotient = InlineArray<9, UInt64>(repeating: 0)
        var rest = InlineArray<10, UInt64>(repeating: 0)
        var work = InlineArray<5, UInt64>(repeating: 0)
        do {
            var quotientSpan = quotient.mutableSpan
            var restSpan = rest.mutableSpan
            var workSpan = work.mutableSpan
            Limbs.divide(
                dividend.span, by: divisor.span.extracting(0..<count), quotient: &quotientSpan,
                rest: &restSpan, normalised: &workSpan)
        }
        return (quotient, rest)
    }
}
