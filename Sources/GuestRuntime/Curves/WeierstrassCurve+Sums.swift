extension WeierstrassCurve {
    /// The inverse of the product of all differences of x coordinates gives each one's, from the last to the
    /// first (P. L. Montgomery's trick).
    static func sums(of pairs: inout [PointPair<Field>]) -> Int {
        typealias Factor = Field.Multiplier
        let one = Field(1).multiplier
        var (widths, before) = (
            InlineArray<64, Factor>(repeating: one), InlineArray<64, Factor>(repeating: one)
        )
        var (product, count) = (one, 0)
        while count < min(pairs.count, PointRun<Field>.countMax) {
            let difference = pairs[count].right.x - pairs[count].left.x
            if difference.isZero { break }
            (widths[count], before[count]) = (difference.multiplier, product)
            product = product * widths[count]
            count += 1
        }
        if count == 0 { return 0 }
        var inverse = Field.quotient(Field(1), Field.element(product))
        var pairs = pairs.mutableSpan
        for index in stride(from: count - 1, through: 0, by: -1) {
            let height = (pairs[index].right.y - pairs[index].left.y).multiplier
            pairs[index].sum = follow(
                height * (inverse * before[index]), from: pairs[index].left,
                pairs[index].right.x)
            inverse = inverse * widths[index]
        }
        return count
    }
}
