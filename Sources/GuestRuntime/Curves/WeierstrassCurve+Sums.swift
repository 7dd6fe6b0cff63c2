extension WeierstrassCurve {
    /// The inverse of the product of all differences of x coordinates gives each one's, from the last to the
    /// first (P. L. Montgomery's trick).
    static func sums(of pairs: inout [PointPair<Field>]) -> Int {
        typealias Factor = Field.Multiplier
        let one = Field(1).multiplier
        var product = one
        var steps = InlineArray<32, (width: Factor, before: Factor)>(repeating: (one, one))
        var count = 0
        while count < min(pairs.count, PointRun<Field>.countMax) {
            let difference = pairs[count].right.x - pairs[count].left.x
            if difference.isZero { break }
            steps[count] = (difference.multiplier, product)
            product = product * steps[count].width
            count += 1
        }
        if count == 0 { return 0 }
        var inverse = Field.quotient(Field(1), Field.element(product))
        for index in stride(from: count - 1, through: 0, by: -1) {
            let (left, right) = (pairs[index].left, pairs[index].right)
            let height = (right.y - left.y).multiplier
            pairs[index].sum = follow(
                height * (inverse * steps[index].before), from: left, right.x)
            inverse = inverse * steps[index].width
        }
        return count
    }
}
