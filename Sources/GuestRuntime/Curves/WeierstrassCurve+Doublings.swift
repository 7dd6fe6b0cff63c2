/// A point in Jacobian coordinates, x = X/Z² and y = Y/Z³, as factors.
private struct JacobianPoint<Factor: RingElement> {
    var x: Factor
    var y: Factor
    var z: Factor
}

extension WeierstrassCurve {
    private typealias Factor = Field.Multiplier

    static func doublings(_ point: AffinePoint<Field>, count: Int) -> PointRun<Field>? {
        let start = JacobianPoint(
            x: point.x.multiplier, y: point.y.multiplier, z: Field(1).multiplier)
        var run = PointRun(repeating: point)
        return double(start, into: &run, from: 0, to: count) == nil ? nil : run
    }

    static func sumAndDoublings(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>, count: Int
    ) -> PointRun<Field>? {
        let start = sum(left, right)
        var run = PointRun(repeating: left)
        guard let inverse = double(start, into: &run, from: 1, to: count) else { return nil }
        run.points[0] = affine(start, inverse)
        return run
    }

    /// The sum by the rule for different x coordinates, with their difference as Z.
    @inline(__always)
    private static func sum(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>
    ) -> JacobianPoint<Factor> {
        let (x, y) = (left.x.multiplier, left.y.multiplier)
        let (width, height) = (right.x.multiplier - x, right.y.multiplier - y)
        let square = width.squared
        let (cube, middle) = (square * width, x * square)
        let sumX = height.squared - cube - middle - middle
        return JacobianPoint(x: sumX, y: height * (middle - sumX) - y * cube, z: width)
    }

    /// The doubles of a point at the places from `first` to `end`; nil if one needs the inverse of zero.
    /// The formulas do not use b, so they go for any point. As each Z is Y times the one before it, the
    /// inverse of the last gives all others: that of the first is returned.
    @inline(__always)
    private static func double(
        _ start: JacobianPoint<Factor>, into run: inout PointRun<Field>, from first: Int,
        to end: Int
    ) -> Factor? {
        var point = start
        var steps = InlineArray<32, JacobianPoint<Factor>>(repeating: start)
        for index in first..<end {
            let (squareY, ratio) = (point.y.squared, point.y)
            let (middle, slope) = (point.x * squareY, slope(point))
            point.x = slope.squared - (middle + middle)
            point.y = slope * (middle - point.x) - squareY.squared
            point.z = ratio * point.z
            steps[index] = JacobianPoint(x: point.x, y: point.y, z: ratio)
        }
        let last = Field.element(point.z)
        if last.isZero { return nil }
        var inverse = Field.quotient(Field(1), last)
        for index in stride(from: end - 1, through: first, by: -1) {
            run.points[index] = affine(steps[index], inverse)
            inverse = inverse * steps[index].z
        }
        return inverse
    }

    /// (3·X² + a·Z⁴) / 2, as all coordinates are those of the usual formulas with Z halved.
    @inline(__always)
    private static func slope(_ point: JacobianPoint<Factor>) -> Factor {
        let part: Factor
        if isAZero {
            part = point.x.squared
        } else {
            let square = point.z.squared
            part = (point.x - square) * (point.x + square)
        }
        return (part + part + part).halved
    }

    /// The point with the coordinates X and Y of one whose Z has this inverse.
    @inline(__always)
    private static func affine(
        _ point: JacobianPoint<Factor>, _ inverse: Factor
    ) -> AffinePoint<Field> {
        let square = inverse.squared
        return AffinePoint(
            x: Field.element(point.x * square), y: Field.element(point.y * (square * inverse)))
    }
}
