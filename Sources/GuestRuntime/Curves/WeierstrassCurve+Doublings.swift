/// A point in Jacobian coordinates, x = X/Z² and y = Y/Z³, as factors.
private struct JacobianPoint<Factor: RingElement> {
    var x: Factor
    var y: Factor
    var z: Factor
}

extension WeierstrassCurve {
    private typealias Factor = Field.Multiplier
    private typealias Slopes = InlineArray<64, Factor>

    static func doublings(_ point: AffinePoint<Field>, count: Int) -> PointRun<Field>? {
        let start = JacobianPoint(
            x: point.x.multiplier, y: point.y.multiplier, z: Field(1).multiplier)
        var slopes = Slopes(repeating: start.z)
        guard find(&slopes, from: start, count: count) != nil else { return nil }
        var run = PointRun(repeating: point)
        double(point, slopes, into: &run, from: 0, to: count)
        return run
    }

    static func sumAndDoublings(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>, count: Int
    ) -> PointRun<Field>? {
        let (start, height) = sum(left, right)
        var slopes = Slopes(repeating: start.z)
        guard let inverse = find(&slopes, from: start, count: count - 1) else { return nil }
        let sum = follow(height * inverse, from: left, right.x)
        var run = PointRun(repeating: sum)
        double(sum, slopes, into: &run, from: 1, to: count)
        return run
    }

    /// The sum by the rule for different x coordinates, with their difference as Z, and the difference of
    /// the y coordinates.
    @inline(__always)
    private static func sum(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>
    ) -> (sum: JacobianPoint<Factor>, height: Factor) {
        let (x, y) = (left.x.multiplier, left.y.multiplier)
        let (width, height) = (right.x.multiplier - x, right.y.multiplier - y)
        let square = width.squared
        let (cube, middle) = (square * width, x * square)
        let sumX = height.squared - cube - middle - middle
        let sumY = height * (middle - sumX) - y * cube
        return (JacobianPoint(x: sumX, y: sumY, z: width), height)
    }

    /// Finds the slopes of the tangents at a point and at the first `count` - 1 of its doubles, and the
    /// inverse of the point's Z; nil if one needs the inverse of zero.
    ///
    /// The formulas do not use b, so they go for any point. A slope is divided by the Z of the double, which
    /// is Y times the Z of the point: so the inverse of the last Z gives all others.
    @inline(__always)
    private static func find(
        _ slopes: inout Slopes, from start: JacobianPoint<Factor>, count: Int
    ) -> Factor? {
        var point = start
        var ratios = Slopes(repeating: start.z)
        for index in 0..<count {
            let (squareY, slope) = (point.y.squared, slope(point))
            let middle = point.x * squareY
            (slopes[index], ratios[index]) = (slope, point.y)
            point.z = point.y * point.z
            point.x = slope.squared - (middle + middle)
            point.y = slope * (middle - point.x) - squareY.squared
        }
        let last = Field.element(point.z)
        if last.isZero { return nil }
        var inverse = Field.quotient(Field(1), last)
        for index in stride(from: count - 1, through: 0, by: -1) {
            slopes[index] = slopes[index] * inverse
            inverse = inverse * ratios[index]
        }
        return inverse
    }

    /// The doubles of a point, by the slopes of the tangents, at the places from `first` to `end`.
    @inline(__always)
    private static func double(
        _ point: AffinePoint<Field>, _ slopes: Slopes, into run: inout PointRun<Field>,
        from first: Int, to end: Int
    ) {
        var last = point
        for index in first..<end {
            last = follow(slopes[index - first], from: last, last.x)
            run.points[index] = last
        }
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
}
