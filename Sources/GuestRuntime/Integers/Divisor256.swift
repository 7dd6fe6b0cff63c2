/// A number of at most 256 bits, ready to divide products of two such numbers.
///
/// Knuth's algorithm D for 512 by 256 bits, as in `Limbs.divide`, with all lengths known.
struct Divisor256 {
    /// The number, four limbs with the least significant first.
    let value: InlineArray<4, UInt64>

    // The number shifted left until its highest bit is set. Only when its highest limb is not zero.
    private let normalised: InlineArray<4, UInt64>
    private let shift: UInt64
    private let reciprocal: LimbReciprocal?

    /// Prepares a number that is not zero.
    init(_ value: InlineArray<4, UInt64>) {
        precondition(value[0] | value[1] | value[2] | value[3] != 0, "division by zero")
        self.value = value
        shift = UInt64(truncatingIfNeeded: value[3].leadingZeroBitCount) & 63
        guard value[3] != 0 else {
            normalised = value
            reciprocal = nil
            return
        }
        var shifted = value
        for index in 0..<4 {
            let lower = index > 0 ? value[index - 1] : 0
            shifted[index] = Self.join(value[index], lower, shift)
        }
        normalised = shifted
        reciprocal = LimbReciprocal(high: shifted[3], low: shifted[2])
    }

    /// The product of two factors of up to 256 bits, modulo the number.
    func multiply(
        _ left: InlineArray<4, UInt64>, _ right: InlineArray<4, UInt64>
    ) -> InlineArray<4, UInt64> {
        remainder(of: Product256.full(left, right))
    }

    /// A number of 512 bits, modulo the number.
    @inline(__always)
    func remainder(of product: InlineArray<8, UInt64>) -> InlineArray<4, UInt64> {
        guard let reciprocal else { return shortRemainder(of: product) }
        var rest = InlineArray<4, UInt64>(repeating: 0)
        for index in 0..<4 { rest[index] = Self.join(product[index + 4], product[index + 3], shift) }
        // What the shift moves out at the top is below the divisor's highest limb.
        rest = reduce(rest, top: (product[7] &>> 1) &>> (63 &- shift), reciprocal)
        for place in 0..<4 {
            let lower = place < 3 ? product[2 - place] : 0
            let next = Self.join(product[3 - place], lower, shift)
            let top = rest[3]
            rest = [next, rest[0], rest[1], rest[2]]
            rest = reduce(rest, top: top, reciprocal)
        }
        for index in 0..<4 {
            let upper = index < 3 ? rest[index + 1] : 0
            rest[index] = rest[index] &>> shift | (upper &<< 1) &<< (63 &- shift)
        }
        return rest
    }
}

extension Divisor256 {
    /// A limb of a number shifted left by less than 64 bits, from the limb there and the one below it.
    @inline(__always)
    private static func join(_ limb: UInt64, _ lower: UInt64, _ shift: UInt64) -> UInt64 {
        // In two steps, as a shift by 64 has to give zero.
        limb &<< shift | (lower &>> 1) &>> (63 &- shift)
    }

    /// Five limbs, with `top` the highest, modulo the normalised number. Without the lowest limb they are
    /// below it.
    @inline(__always)
    private func reduce(
        _ limbs: InlineArray<4, UInt64>, top: UInt64, _ reciprocal: LimbReciprocal
    ) -> InlineArray<4, UInt64> {
        guard top != reciprocal.high || limbs[3] != reciprocal.low else {
            return reduceByLargestDigit(limbs)
        }
        let (digit, high, low) = reciprocal.divide(top, limbs[3], limbs[2])
        // The reciprocal's division took off the upper two limbs of the multiple; these are the others.
        let part0 = UInt128(normalised[0]) &* UInt128(digit)
        let part1 = UInt128(normalised[1]) &* UInt128(digit) &+ part0 &>> 64
        let lower =
            UInt128(UInt64(truncatingIfNeeded: part1)) &<< 64
            | UInt128(UInt64(truncatingIfNeeded: part0))
        let (restLow, borrow) = (UInt128(limbs[1]) &<< 64 | UInt128(limbs[0]))
            .subtractingReportingOverflow(lower)
        // Below 2^64 - 1 and a borrow: no overflow.
        let carry = (part1 &>> 64) &+ (borrow ? 1 : 0)
        let (restHigh, isNegative) = (UInt128(high) &<< 64 | UInt128(low))
            .subtractingReportingOverflow(carry)
        let rest: InlineArray<4, UInt64> = [
            UInt64(truncatingIfNeeded: restLow), UInt64(truncatingIfNeeded: restLow &>> 64),
            UInt64(truncatingIfNeeded: restHigh), UInt64(truncatingIfNeeded: restHigh &>> 64),
        ]
        // The digit is at most one too large.
        return isNegative ? Product256.sum(rest, normalised).sum : rest
    }

    /// As `reduce` when the upper two limbs equal the number's: the digit is 2^64 - 1, or one less.
    /// That multiple is the number shifted up by a limb, less the number once or twice.
    @inline(never)
    private func reduceByLargestDigit(
        _ limbs: InlineArray<4, UInt64>
    ) -> InlineArray<4, UInt64> {
        let shifted: InlineArray<4, UInt64> = [0, normalised[0], normalised[1], normalised[2]]
        var rest = InlineArray<4, UInt64>(repeating: 0)
        var borrow: UInt64 = 0
        for index in 0..<4 {
            let (partial, first) = limbs[index].subtractingReportingOverflow(shifted[index])
            let (difference, second) = partial.subtractingReportingOverflow(borrow)
            rest[index] = difference
            borrow = first || second ? 1 : 0
        }
        // Negative, until a sum carries.
        let once = Product256.sum(rest, normalised)
        return once.overflow ? once.sum : Product256.sum(once.sum, normalised).sum
    }

    /// The remainder when the number has less than four limbs, which no modulus of a curve has.
    @inline(never)
    private func shortRemainder(of product: InlineArray<8, UInt64>) -> InlineArray<4, UInt64> {
        let count = Limbs.significantCount(value.span)
        var quotient = InlineArray<8, UInt64>(repeating: 0)
        var rest = InlineArray<9, UInt64>(repeating: 0)
        var work = InlineArray<5, UInt64>(repeating: 0)
        var quotientSpan = quotient.mutableSpan
        var restSpan = rest.mutableSpan
        var workSpan = work.mutableSpan
        Limbs.divide(
            product.span, by: value.span.extracting(0..<count), quotient: &quotientSpan,
            rest: &restSpan, normalised: &workSpan)
        return [rest[0], rest[1], rest[2], rest[3]]
    }
}
