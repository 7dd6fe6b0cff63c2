/// A curve y² = x³ + a·x + b over a prime field, with the operations of SP1's precompiles
/// (reference/zkvm.md 2.3).
///
/// They are formulas, not a group: what is no point of the curve is computed with all the same, and 1/0
/// is 0 as in the reference, which computes inverses as powers.
protocol WeierstrassCurve: BatchCurve {
    /// Whether the coefficient a is 0; otherwise it is -3.
    static var isAZero: Bool { get }

    /// The coefficient b.
    static var b: Field { get }

    /// (p + 1) / 4, as all these primes are 3 modulo 4.
    static var rootExponent: Field.Modulus.Natural { get }
}

extension WeierstrassCurve {
    /// The coefficient a.
    private static var a: Field { isAZero ? Field(0) : Field(0) - Field(3) }

    /// The sum of two points by the rule for different x coordinates.
    @inline(__always)
    static func add(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>
    ) -> AffinePoint<Field> {
        let slope = Field.quotient(right.y - left.y, right.x - left.x)
        return follow(slope, from: left, right.x)
    }

    /// Twice a point.
    @inline(__always)
    static func double(_ point: AffinePoint<Field>) -> AffinePoint<Field> {
        let square = point.x * point.x
        let slope = Field.quotient(square + square + square + a, point.y + point.y)
        return follow(slope, from: point, point.x)
    }

    /// The reflection of the third point that a line through `point` with this slope and a point at
    /// `otherX` has with the curve.
    @inline(__always)
    static func follow(
        _ slope: Field.Multiplier, from point: AffinePoint<Field>, _ otherX: Field
    ) -> AffinePoint<Field> {
        let x = Field.square(slope) - point.x - otherX
        return AffinePoint(x: x, y: Field.product(slope, point.x - x) - point.y)
    }

    /// One of the y coordinates that belong to x: the root that the exponent gives. Nil when there is none.
    static func y(at x: Field) -> Field? { squareRoot((x * x + a) * x + b) }

    /// value^((p + 1) / 4), if that is a square root of the value.
    static func squareRoot(_ value: Field) -> Field? {
        let root = value.raised(to: rootExponent)
        return root * root == value ? root : nil
    }
}
