extension Ed25519Curve: DoublingCurve {
    static func double(_ point: AffinePoint<Ed25519Field>) -> AffinePoint<Ed25519Field> {
        add(point, point)
    }

    /// Doublings in projective coordinates, x = X/Z and y = Y/Z, by the rule for sums, which goes for any
    /// point; the inverses of all Z are made of that of their product.
    static func doublings(
        _ point: AffinePoint<Ed25519Field>, count: Int
    ) -> DoublingRun<Ed25519Field>? {
        var (x, y, z) = (point.x, point.y, Ed25519Field(1))
        var steps = InlineArray<16, (x: Ed25519Field, y: Ed25519Field, z: Ed25519Field)>(
            repeating: (x, y, z))
        var products = InlineArray<16, Ed25519Field>(repeating: z)
        var product = z
        for index in 0..<count {
            let square = z * z
            let (squareX, squareY, power) = (x * x, y * y, square * square)
            let mixed = d * squareX * squareY
            let (below, above) = (power - mixed, power + mixed)
            let half = x * y
            x = square * below * (half + half)
            y = square * above * (squareX + squareY)
            z = below * above
            products[index] = product
            product = product * z
            steps[index] = (x, y, z)
        }
        if product.isZero { return nil }
        var inverse = product.inverted
        var run = DoublingRun(repeating: point)
        for index in stride(from: count - 1, through: 0, by: -1) {
            let inverseZ = inverse * products[index]
            run.points[index] = AffinePoint(
                x: steps[index].x * inverseZ, y: steps[index].y * inverseZ)
            inverse = inverse * steps[index].z
        }
        return run
    }
}
