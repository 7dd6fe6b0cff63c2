/// Division by the two highest limbs of a number, by multiplication.
///
/// N. Möller and T. Granlund, "Improved Division by Invariant Integers", IEEE Transactions on Computers
/// 60 (2011): algorithms 4 and 6. All sums and differences there are modulo 2^64 or 2^128.
struct LimbReciprocal {
    /// The divisor; the highest bit of `high` is set.
    let high: UInt64
    let low: UInt64

    /// floor((2^192 - 1) / divisor) - 2^64.
    private let reciprocal: UInt64

    /// The reciprocal of a divisor whose highest bit is set.
    init(high: UInt64, low: UInt64) {
        precondition(high.leadingZeroBitCount == 0, "a divisor that is not normalised")
        self.high = high
        self.low = low
        // ~high is below high, so the quotient fits.
        var value = high.dividingFullWidth((~high, .max)).quotient
        var rest = high &* value &+ low
        if rest < low {
            value &-= 1
            if rest >= high {
                value &-= 1
                rest &-= high
            }
            rest &-= high
        }
        let product = value.multipliedFullWidth(by: low)
        let (sum, overflow) = rest.addingReportingOverflow(product.high)
        if overflow {
            value &-= 1
            let isNotLess = (sum, product.low) >= (high, low)
            if isNotLess { value &-= 1 }
        }
        reciprocal = value
    }

    /// The quotient and remainder of three limbs, of which the upper two are below the divisor.
    @inline(__always)
    func divide(
        _ top: UInt64, _ middle: UInt64, _ bottom: UInt64
    ) -> (quotient: UInt64, high: UInt64, low: UInt64) {
        let estimate =
            UInt128(reciprocal) &* UInt128(top) &+ (UInt128(top) &<< 64 | UInt128(middle))
        var quotient = UInt64(truncatingIfNeeded: estimate &>> 64)
        let fraction = UInt64(truncatingIfNeeded: estimate)
        let divisor = UInt128(high) &<< 64 | UInt128(low)
        let first = middle &- quotient &* high
        var rest = UInt128(first) &<< 64 | UInt128(bottom)
        rest = rest &- UInt128(low) &* UInt128(quotient) &- divisor
        quotient &+= 1
        if UInt64(truncatingIfNeeded: rest &>> 64) >= fraction {
            quotient &-= 1
            rest = rest &+ divisor
        }
        if rest >= divisor {
            quotient &+= 1
            rest = rest &- divisor
        }
        return (
            quotient, UInt64(truncatingIfNeeded: rest &>> 64), UInt64(truncatingIfNeeded: rest)
        )
    }
}
