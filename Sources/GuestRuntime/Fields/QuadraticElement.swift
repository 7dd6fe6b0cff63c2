/// real + imaginary·u with u² = -1, in the quadratic extension of a field where -1 has no root.
struct QuadraticElement<Field: PrimeField>: Equatable {
    var real: Field
    var imaginary: Field

    @inline(__always)
    static func + (left: Self, right: Self) -> Self {
        Self(real: left.real + right.real, imaginary: left.imaginary + right.imaginary)
    }

    @inline(__always)
    static func - (left: Self, right: Self) -> Self {
        Self(real: left.real - right.real, imaginary: left.imaginary - right.imaginary)
    }

    @inline(__always)
    static func * (left: Self, right: Self) -> Self {
        let (real, imaginary) = (left.real.multiplier, left.imaginary.multiplier)
        return Self(
            real: Field.product(real, right.real) - Field.product(imaginary, right.imaginary),
            imaginary: Field.product(real, right.imaginary) + Field.product(imaginary, right.real))
    }
}
