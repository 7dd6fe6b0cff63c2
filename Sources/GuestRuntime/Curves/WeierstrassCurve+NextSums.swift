/// The sum of two points of different x coordinates before the division by their difference w. The sum's x
/// is n/w².
struct UnfinishedChord<Field: PrimeField>: UnfinishedSum {
    typealias Factor = Field.Multiplier

    fileprivate let left: AffinePoint<Field>
    fileprivate let otherX: Field
    fileprivate let height: Factor

    /// w.
    let divisor: Factor

    /// w².
    fileprivate let square: Factor

    /// n.
    fileprivate let numerator: Factor

    @inline(__always)
    fileprivate init(_ left: AffinePoint<Field>, _ right: AffinePoint<Field>) {
        (self.left, otherX) = (left, right.x)
        height = (right.y - left.y).multiplier
        divisor = (right.x - left.x).multiplier
        square = divisor.squared
        numerator = height.squared - square * (left.x + right.x).multiplier
    }
}

extension WeierstrassCurve {
    @inline(__always)
    static func unfinishedSum(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>
    ) -> UnfinishedChord<Field> { UnfinishedChord(left, right) }

    @inline(__always)
    static func divisor(
        _ sum: UnfinishedChord<Field>, _ other: AffinePoint<Field>
    ) -> Field.Multiplier { other.x.multiplier * sum.square - sum.numerator }

    @inline(__always)
    static func finished(
        _ sum: UnfinishedChord<Field>, inverse: Field.Multiplier
    ) -> AffinePoint<Field> { follow(sum.height * inverse, from: sum.left, sum.otherX) }

    @inline(__always)
    static func sum(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>, inverse: Field.Multiplier
    ) -> AffinePoint<Field> {
        follow((right.y - left.y).multiplier * inverse, from: left, right.x)
    }
}
