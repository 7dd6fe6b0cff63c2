extension WeierstrassCurve {
    /// Doublings in Jacobian coordinates, x = X/Z² and y = Y/Z³, which need no inversion; the formulas do
    /// not use b, so they go for any point. As each Z is 2·Y times the one before it, the inverse of the
    /// last gives all others.
    static func doublings(_ point: AffinePoint<Field>, count: Int) -> DoublingRun<Field>? {
        typealias Factor = Field.Multiplier
        let a = a.multiplier
        var (x, y, z) = (point.x.multiplier, point.y.multiplier, Field(1).multiplier)
        var steps = InlineArray<16, (x: Factor, y: Factor, ratio: Factor)>(repeating: (x, y, z))
        for index in 0..<count {
            let (squareX, squareY, squareZ) = (x * x, y * y, z * z)
            let product = x * squareY
            let middle = product + product + product + product
            let slope = squareX + squareX + squareX + a * squareZ * squareZ
            let nextX = slope * slope - middle - middle
            let power = squareY * squareY
            let twice = power + power
            let fourTimes = twice + twice
            let ratio = y + y
            y = slope * (middle - nextX) - (fourTimes + fourTimes)
            (x, z) = (nextX, ratio * z)
            steps[index] = (x, y, ratio)
        }
        let last = Field.element(z)
        if last.isZero { return nil }
        var inverse = Field.quotient(Field(1), last)
        var run = DoublingRun(repeating: point)
        for index in stride(from: count - 1, through: 0, by: -1) {
            let square = inverse * inverse
            run.points[index] = AffinePoint(
                x: Field.element(steps[index].x * square),
                y: Field.element(steps[index].y * (square * inverse)))
            inverse = inverse * steps[index].ratio
        }
        return run
    }
}
