extension Ed25519Curve {
    /// As on the other curves, with the product of both denominators in the place of a difference.
    static func sums(of pairs: inout [PointPair<Ed25519Field>]) -> Int {
        typealias Step = (sum: Fraction, product: Ed25519Field, before: Ed25519Field)
        let one = Ed25519Field(1)
        let nothing = Fraction(x: one, y: one, denominatorX: one, denominatorY: one)
        var product = one
        var steps = InlineArray<64, Step>(repeating: (nothing, one, one))
        var count = 0
        while count < min(pairs.count, PointRun<Ed25519Field>.countMax) {
            let sum = Fraction(adding: pairs[count].left, pairs[count].right)
            let both = sum.denominatorX * sum.denominatorY
            if both.isZero { break }
            steps[count] = (sum, both, product)
            product = product * both
            count += 1
        }
        if count == 0 { return 0 }
        var inverse = product.inverted
        for index in stride(from: count - 1, through: 0, by: -1) {
            let step = steps[index]
            pairs[index].sum = step.sum.point(inverse * step.before)
            inverse = inverse * step.product
        }
        return count
    }

    /// A sum before the divisions.
    struct Fraction {
        var x: Ed25519Field
        var y: Ed25519Field
        var denominatorX: Ed25519Field
        var denominatorY: Ed25519Field
    }
}

extension Ed25519Curve.Fraction {
    /// The sum of two points, equal ones too.
    @inline(__always)
    init(adding left: AffinePoint<Ed25519Field>, _ right: AffinePoint<Ed25519Field>) {
        let (xy, yx) = (left.x * right.y, left.y * right.x)
        let (one, product) = (Ed25519Field(1), Ed25519Curve.d * xy * yx)
        self.init(
            x: xy + yx, y: left.y * right.y + left.x * right.x, denominatorX: one + product,
            denominatorY: one - product)
    }

    /// The point, by the inverse of the product of both denominators.
    @inline(__always)
    func point(_ inverse: Ed25519Field) -> AffinePoint<Ed25519Field> {
        AffinePoint(x: x * (denominatorY * inverse), y: y * (denominatorX * inverse)).reduced
    }
}
