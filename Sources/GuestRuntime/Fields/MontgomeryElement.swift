/// An odd prime for which nothing special holds; R is 2^(64·limbCount).
protocol MontgomeryModulus: PrimeModulus {
    /// -1 / modulus modulo 2^64.
    static var negatedInverse: UInt64 { get }

    /// R² modulo the modulus.
    static var radixSquared: Natural { get }
}

/// An element of a field with Montgomery's multiplication (P. L. Montgomery, "Modular Multiplication
/// Without Trial Division", 1985), which gives a·b/R.
///
/// Inside, it is a number below the modulus. Its multiplier is the number times R.
struct MontgomeryElement<Modulus: MontgomeryModulus>: PrimeField {
    /// A factor: the residue times R.
    struct Multiplier: RingElement {
        fileprivate let scaled: Modulus.Natural

        @inline(__always)
        static func + (left: Self, right: Self) -> Self {
            Self(scaled: MontgomeryElement.sum(left.scaled, right.scaled))
        }

        @inline(__always)
        static func - (left: Self, right: Self) -> Self {
            Self(scaled: MontgomeryElement.difference(left.scaled, right.scaled))
        }

        @inline(__always)
        static func * (left: Self, right: Self) -> Self {
            Self(scaled: MontgomeryElement.montgomeryProduct(left.scaled, right.scaled))
        }

        @inline(__always)
        var halved: Self { Self(scaled: scaled.halved(modulo: Modulus.modulus)) }
    }

    private var value: Modulus.Natural

    @inline(__always)
    private init(residue: Modulus.Natural) { value = residue }

    @inline(__always)
    init(reducing value: Modulus.Natural) {
        var (value, rest) = (value, value)
        while true {
            let (difference, borrow) = rest.subtracting(Modulus.modulus)
            if borrow == 1 { break }
            rest = difference
        }
        value = rest
        self.value = value
    }

    var natural: Modulus.Natural { value }

    @inline(__always)
    static func + (left: Self, right: Self) -> Self {
        Self(residue: sum(left.value, right.value))
    }

    @inline(__always)
    static func - (left: Self, right: Self) -> Self {
        Self(residue: difference(left.value, right.value))
    }

    @inline(__always)
    static func * (left: Self, right: Self) -> Self { product(left.multiplier, right) }

    @inline(__always)
    var multiplier: Multiplier {
        Multiplier(scaled: Self.montgomeryProduct(value, Modulus.radixSquared))
    }

    @inline(__always)
    static func quotient(_ numerator: Self, _ denominator: Self) -> Multiplier {
        let inverse = Modulus.divide(Modulus.radixSquared, by: denominator.value)
        return Multiplier(scaled: montgomeryProduct(numerator.value, inverse))
    }

    @inline(__always)
    static func product(_ factor: Multiplier, _ element: Self) -> Self {
        Self(residue: montgomeryProduct(factor.scaled, element.value))
    }

    @inline(__always)
    static func square(_ factor: Multiplier) -> Self {
        element(factor * factor)
    }

    @inline(__always)
    static func element(_ factor: Multiplier) -> Self {
        Self(residue: montgomeryProduct(factor.scaled, Modulus.Natural(1)))
    }

    @inline(__always)
    var halved: Self { Self(residue: value.halved(modulo: Modulus.modulus)) }

    @inline(__always)
    private static func sum(
        _ left: Modulus.Natural, _ right: Modulus.Natural
    ) -> Modulus.Natural {
        let (sum, carry) = left.adding(right)
        return subtractModulus(sum, top: carry)
    }

    @inline(__always)
    private static func difference(
        _ left: Modulus.Natural, _ right: Modulus.Natural
    ) -> Modulus.Natural {
        let (difference, borrow) = left.subtracting(right)
        let corrected = difference.adding(Modulus.modulus).sum
        return difference.replaced(by: corrected, if: borrow == 1)
    }

    /// left·right / R modulo the modulus, below it. One factor is below the modulus, so the result before
    /// the last step is below twice the modulus. Not in line: it is long, and formulas have a dozen.
    @inline(never)
    private static func montgomeryProduct(
        _ left: Modulus.Natural, _ right: Modulus.Natural
    ) -> Modulus.Natural {
        let (modulus, count) = (Modulus.modulus, Modulus.Natural.limbCount)
        var sum = Modulus.Natural()
        var top: UInt64 = 0
        for row in 0..<count {
            var carry: UInt64 = 0
            for column in 0..<count {
                sum[column] = sum[column].adding(product: left[column], right[row], &carry)
            }
            let (upper, overflow) = top.addingReportingOverflow(carry)
            let factor = sum[0] &* Modulus.negatedInverse
            carry = 0
            _ = sum[0].adding(product: factor, modulus[0], &carry)
            for column in 1..<count {
                sum[column - 1] = sum[column].adding(
                    product: factor, modulus[column], &carry)
            }
            let (highest, again) = upper.addingReportingOverflow(carry)
            sum[count - 1] = highest
            top = (overflow ? 1 : 0) &+ (again ? 1 : 0)
        }
        return subtractModulus(sum, top: top)
    }

    /// A number below twice the modulus, whose limb above the others is `top`, modulo the modulus.
    @inline(__always)
    private static func subtractModulus(
        _ value: Modulus.Natural, top: UInt64
    ) -> Modulus.Natural {
        let (difference, borrow) = value.subtracting(Modulus.modulus)
        return difference.replaced(by: value, if: borrow > top)
    }
}
