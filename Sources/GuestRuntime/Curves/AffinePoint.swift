/// A point by its two coordinates. There is no point at infinity: the precompiles have none.
struct AffinePoint<Field: PrimeField>: Equatable {
    var x: Field
    var y: Field

    /// The same point with coordinates below the prime, which are compared and written at once.
    @inline(__always)
    var reduced: Self {
        Self(x: Field(reducing: x.natural), y: Field(reducing: y.natural))
    }

    @inline(__always)
    static func == (left: Self, right: Self) -> Bool { left.x == right.x && left.y == right.y }
}
