extension Ed25519Curve {
    /// A sum before the division by the product z of both denominators. The product of the sum's coordinates
    /// is k/(d·z).
    struct UnfinishedFraction: UnfinishedSum {
        fileprivate let sum: Fraction

        /// z.
        let divisor: Ed25519Field

        /// k.
        fileprivate let scaledProduct: Ed25519Field
    }

    @inline(__always)
    static func unfinishedSum(
        _ left: AffinePoint<Ed25519Field>, _ right: AffinePoint<Ed25519Field>
    ) -> UnfinishedFraction {
        let sum = Fraction(adding: left, right)
        return UnfinishedFraction(
            sum: sum, divisor: sum.denominatorX * sum.denominatorY,
            scaledProduct: d * sum.x * sum.y)
    }

    /// (1 + k·x·y/z)·(1 - k·x·y/z), times z².
    @inline(__always)
    static func divisor(
        _ sum: UnfinishedFraction, _ other: AffinePoint<Ed25519Field>
    ) -> Ed25519Field {
        let product = sum.scaledProduct * (other.x * other.y)
        return (sum.divisor + product) * (sum.divisor - product)
    }

    @inline(__always)
    static func finished(
        _ sum: UnfinishedFraction, inverse: Ed25519Field
    ) -> AffinePoint<Ed25519Field> { sum.sum.point(inverse) }

    @inline(__always)
    static func sum(
        _ left: AffinePoint<Ed25519Field>, _ right: AffinePoint<Ed25519Field>,
        inverse: Ed25519Field
    ) -> AffinePoint<Ed25519Field> {
        Fraction(adding: left, right).point(inverse)
    }
}
