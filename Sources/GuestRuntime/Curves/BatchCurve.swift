/// A curve where many doubles or sums can be had for the price of one inversion, which is what nearly all
/// of a single one costs.
///
/// What comes in numbers is the same as what comes one by one; where that would need the inverse of zero,
/// there is nothing in numbers.
protocol BatchCurve {
    associatedtype Field: PrimeField
    associatedtype Unfinished: UnfinishedSum where Unfinished.Factor == Field.Multiplier

    /// How many doublings in a row tell that there will be more: so many that those done in vain cost less
    /// than what the others save.
    static var certainLength: Int { get }

    /// Twice a point.
    static func double(_ point: AffinePoint<Field>) -> AffinePoint<Field>

    /// The point times 2, 4 and so on, the first `count` of them, which are at most `PointRun.countMax`.
    static func doublings(_ point: AffinePoint<Field>, count: Int) -> PointRun<Field>?

    /// The sum of two different points, and behind it the sum times 2, 4 and so on: `count` points.
    static func sumAndDoublings(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>, count: Int
    ) -> PointRun<Field>?

    /// The sum of two points, as far as it can be computed without a division.
    static func unfinishedSum(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>
    ) -> Unfinished

    /// What the sum of a sum and another point is divided by, times the square of the sum's own divisor.
    static func divisor(_ sum: Unfinished, _ other: AffinePoint<Field>) -> Field.Multiplier

    /// The sum, by the inverse of what it is divided by.
    static func finished(_ sum: Unfinished, inverse: Field.Multiplier) -> AffinePoint<Field>

    /// The sum of two points, by the inverse of what it is divided by.
    static func sum(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>, inverse: Field.Multiplier
    ) -> AffinePoint<Field>

    /// The sums of the pairs, in their place. How many there are: only those in front of the first pair
    /// of which there is none.
    static func sums(of pairs: inout [PointPair<Field>]) -> Int
}

/// A sum of two points before it is divided by anything, as far as sums with it need it.
protocol UnfinishedSum {
    associatedtype Factor: RingElement

    /// What it is divided by.
    var divisor: Factor { get }
}

/// Some points, each twice the one before it.
struct PointRun<Field: PrimeField> {
    /// How many points are computed at a time: then the inversion costs less than two products do for each
    /// of them.
    static var countMax: Int { 64 }

    /// The points; those behind the number that was asked for mean nothing.
    var points: InlineArray<64, AffinePoint<Field>>

    /// As many times the same point.
    init(repeating point: AffinePoint<Field>) { points = InlineArray(repeating: point) }
}

/// Two points and their sum.
struct PointPair<Field: PrimeField> {
    let left: AffinePoint<Field>
    let right: AffinePoint<Field>

    /// Anything until it is computed.
    var sum: AffinePoint<Field>

    /// A pair whose sum is not computed yet.
    @inline(__always)
    init(_ left: AffinePoint<Field>, _ right: AffinePoint<Field>) {
        (self.left, self.right, sum) = (left, right, left)
    }

    /// Whether this is the pair of these points.
    @inline(__always)
    func consists(of left: AffinePoint<Field>, _ right: AffinePoint<Field>) -> Bool {
        self.left == left && self.right == right
    }
}
