/// A point in projective coordinates, x = X/Z and y = Y/Z.
private struct ProjectivePoint {
    var x: Ed25519Field
    var y: Ed25519Field
    var z: Ed25519Field
}

extension Ed25519Curve: BatchCurve {
    static var certainLength: Int { 1 }

    static func double(_ point: AffinePoint<Ed25519Field>) -> AffinePoint<Ed25519Field> {
        add(point, point)
    }

    static func doublings(
        _ point: AffinePoint<Ed25519Field>, count: Int
    ) -> PointRun<Ed25519Field>? {
        guard contains(point) else { return nil }
        let start = ProjectivePoint(x: point.x, y: point.y, z: Ed25519Field(1))
        var run = PointRun(repeating: point)
        _ = double(start, into: &run, from: 0, to: count)
        return run
    }

    static func sumAndDoublings(
        _ left: AffinePoint<Ed25519Field>, _ right: AffinePoint<Ed25519Field>, count: Int
    ) -> PointRun<Ed25519Field>? {
        guard contains(left), contains(right) else { return nil }
        let sum = Fraction(adding: left, right)
        let start = ProjectivePoint(
            x: sum.x * sum.denominatorY, y: sum.y * sum.denominatorX,
            z: sum.denominatorX * sum.denominatorY)
        var run = PointRun(repeating: left)
        let inverse = double(start, into: &run, from: 1, to: count)
        run.points[0] = AffinePoint(x: start.x * inverse, y: start.y * inverse).reduced
        return run
    }

    /// Whether the equation of the curve holds: then sums of such points never divide by zero, and the sum
    /// of a point and itself needs no d, as 1 + d·x²·y² is y² - x².
    private static func contains(_ point: AffinePoint<Ed25519Field>) -> Bool {
        let (squareX, squareY) = (point.x.squared, point.y.squared)
        return squareY - squareX == Ed25519Field(1) + d * squareX * squareY
    }

    /// The doubles of a point of the curve at the places from `first` to `end`, and the inverse of the
    /// point's Z. The inverses of all Z are made of that of their product.
    @inline(__always)
    private static func double(
        _ start: ProjectivePoint, into run: inout PointRun<Ed25519Field>, from first: Int,
        to end: Int
    ) -> Ed25519Field {
        var (point, product) = (start, start.z)
        var steps = InlineArray<64, (point: ProjectivePoint, before: Ed25519Field)>(
            repeating: (start, product))
        for index in first..<end {
            let (squareX, squareY, squareZ) = (
                point.x.squared, point.y.squared, point.z.squared
            )
            let (sum, difference) = (squareX + squareY, squareY - squareX)
            let below = squareZ + squareZ - difference
            point.x = ((point.x + point.y).squared - sum) * below
            point.y = sum * difference
            point.z = difference * below
            steps[index] = (point, product)
            product = product * point.z
        }
        var inverse = product.inverted
        for index in stride(from: end - 1, through: first, by: -1) {
            let step = steps[index]
            let inverseZ = inverse * step.before
            run.points[index] =
                AffinePoint(x: step.point.x * inverseZ, y: step.point.y * inverseZ).reduced
            inverse = inverse * step.point.z
        }
        return inverse
    }
}
