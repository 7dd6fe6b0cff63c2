/// A point by its two coordinates. There is no point at infinity: the precompiles have none.
struct AffinePoint<Field: PrimeField>: Equatable {
    var x: Field
    var y: Field

    @inline(__always)
    static func == (left: Self, right: Self) -> Bool { left.x == right.x && left.y == right.y }
}
