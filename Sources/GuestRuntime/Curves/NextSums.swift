/// A sum for whose inversion its sums with some other points were prepared, too: one of those may be what
/// the guest asks for next.
///
/// For s = left + right the sum s + other is divided by something that has the square of what s is divided
/// by below it: all of that is multiplied up before it is inverted. Nothing of a next sum is computed but
/// what it is divided by; the rest is done when it is asked for.
struct NextSums<Curve: BatchCurve> {
    typealias Point = AffinePoint<Curve.Field>
    typealias Factor = Curve.Field.Multiplier

    /// How many points are prepared for. With each bit as likely as not, the fourth would be asked for once
    /// in sixteen times, which costs more than it saves.
    static var countMax: Int { 3 }

    /// left + right.
    let sum: Point

    private let others: Others<Point>
    private let divisors: Others<Factor>
    private let divisor: Factor
    private let inverse: Factor

    /// Some values, `countMax` of them at most.
    struct Others<Value> {
        private(set) var count = 0
        private var values: InlineArray<3, Value>

        /// None; `filler` may be anything.
        @inline(__always)
        init(filler: Value) { values = InlineArray(repeating: filler) }

        @inline(__always)
        subscript(_ index: Int) -> Value { values[index] }

        /// Appends a value; there is room.
        @inline(__always)
        mutating func append(_ value: Value) {
            values[count] = value
            count += 1
        }
    }

    /// The sum of two points, and what is needed for its sums with the others. Nil where that needs the
    /// inverse of zero.
    init?(_ left: Point, _ right: Point, others: Others<Point>) {
        let start = Curve.unfinishedSum(left, right)
        var divisors = Others(filler: start.divisor)
        var product = Curve.divisor(start, others[0])
        divisors.append(product)
        for index in 1..<max(1, others.count) {
            let next = Curve.divisor(start, others[index])
            divisors.append(next)
            product = product * next
        }
        let all = Curve.Field.element(start.divisor * product)
        if all.isZero { return nil }
        inverse = Curve.Field.quotient(Curve.Field(1), all)
        sum = Curve.finished(start, inverse: inverse * product)
        (divisor, self.others, self.divisors) = (start.divisor, others, divisors)
    }

    /// The sum of these two points, if the first is `sum` and the second one of the others. `mutating`
    /// because the compiler copies all of this to lend it to a method that is not.
    mutating func next(_ left: Point, _ right: Point) -> Point? {
        guard left == sum else { return nil }
        for index in 0..<others.count where others[index] == right {
            var inverse = inverse * divisor * divisor.squared
            for other in 0..<others.count where other != index {
                inverse = inverse * divisors[other]
            }
            return Curve.sum(left, right, inverse: inverse)
        }
        return nil
    }
}
