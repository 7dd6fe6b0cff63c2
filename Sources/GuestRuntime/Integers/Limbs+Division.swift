// Long division (D. Knuth, The Art of Computer Programming, volume 2, section 4.3.1, algorithm D), with
// quotient digits from `LimbReciprocal`, which are at most one too large.
extension Limbs {
    /// The quotient and remainder of a division by a number that is not zero.
    ///
    /// - Parameters:
    ///   - divisor: its highest limb is not zero.
    ///   - quotient: has as many limbs as the dividend.
    ///   - rest: has one limb more than the longer of the two numbers; its lower limbs become the
    ///     remainder, as many as the divisor has, and the others zero.
    ///   - normalised: has at least one limb more than the divisor; to work in.
    static func divide(
        _ dividend: Span<UInt64>, by divisor: Span<UInt64>,
        quotient: inout MutableSpan<UInt64>, rest: inout MutableSpan<UInt64>,
        normalised: inout MutableSpan<UInt64>
    ) {
        let count = divisor.count
        precondition(count > 0 && divisor[count - 1] != 0, "division by zero")
        precondition(
            quotient.count == dividend.count && normalised.count > count
                && rest.count == max(dividend.count, count) + 1,
            "a division's numbers have other lengths")
        for index in 0..<quotient.count { quotient[index] = 0 }
        for index in 0..<rest.count {
            rest[index] = index < dividend.count ? dividend[index] : 0
        }
        guard dividend.count >= count else { return }
        if count == 1 {
            rest[0] = divide(dividend, by: divisor[0], quotient: &quotient)
            for index in 1..<rest.count { rest[index] = 0 }
        } else {
            let shift = divisor[count - 1].leadingZeroBitCount
            shiftLeft(divisor, by: shift, into: &normalised)
            shiftLeft(dividend, by: shift, into: &rest)
            reduce(&rest, by: normalised.span.extracting(0..<count), quotient: &quotient)
            shiftRight(&rest, count: count, by: shift)
        }
    }

    /// The remainder of a division by one limb that is not zero.
    private static func divide(
        _ dividend: Span<UInt64>, by divisor: UInt64, quotient: inout MutableSpan<UInt64>
    ) -> UInt64 {
        var rest: UInt64 = 0
        var index = dividend.count
        while index > 0 {
            index -= 1
            // The rest is below the divisor, so the quotient fits.
            (quotient[index], rest) = divisor.dividingFullWidth((rest, dividend[index]))
        }
        return rest
    }

    /// Takes multiples of a divisor, whose highest bit is set, off a number until the rest is below it.
    private static func reduce(
        _ rest: inout MutableSpan<UInt64>, by divisor: Span<UInt64>,
        quotient: inout MutableSpan<UInt64>
    ) {
        let count = divisor.count
        let reciprocal = LimbReciprocal(high: divisor[count - 1], low: divisor[count - 2])
        let lower = divisor.extracting(0..<count - 2)
        var place = rest.count - count
        while place > 0 {
            place -= 1
            quotient[place] = digit(&rest, at: place, divisor, lower, reciprocal)
        }
    }

    /// The quotient's digit at a place; its multiple of the divisor is taken off the rest. The limbs of
    /// the rest above that place are below the divisor.
    @inline(__always)
    private static func digit(
        _ rest: inout MutableSpan<UInt64>, at place: Int, _ divisor: Span<UInt64>,
        _ lower: Span<UInt64>, _ reciprocal: LimbReciprocal
    ) -> UInt64 {
        let top = place + divisor.count
        let (high, middle) = (rest[top], rest[top - 1])
        guard (high, middle) != (reciprocal.high, reciprocal.low) else {
            // The only digit that does not fit the reciprocal's rule; it is exact, or one too large.
            let borrow = subtractProduct(divisor, .max, from: &rest, at: place)
            return settle(&rest, at: place, divisor, .max, isNegative: rest[top] < borrow)
        }
        var (digit, restHigh, restLow) = reciprocal.divide(high, middle, rest[top - 2])
        let borrow = subtractProduct(lower, digit, from: &rest, at: place)
        let (low, first) = restLow.subtractingReportingOverflow(borrow)
        let (upper, second) = restHigh.subtractingReportingOverflow(first ? 1 : 0)
        (rest[top - 2], rest[top - 1]) = (low, upper)
        digit = settle(&rest, at: place, divisor, digit, isNegative: second)
        return digit
    }

    /// Adds the divisor back once when a digit was one too large.
    @inline(__always)
    private static func settle(
        _ rest: inout MutableSpan<UInt64>, at place: Int, _ divisor: Span<UInt64>,
        _ digit: UInt64, isNegative: Bool
    ) -> UInt64 {
        rest[place + divisor.count] = 0
        guard isNegative else { return digit }
        _ = addProduct(divisor, 1, to: &rest, at: place)
        return digit &- 1
    }
}
