/// A curve whose points can be doubled many times for the price of one inversion.
protocol DoublingCurve {
    associatedtype Field: PrimeField

    /// Twice a point.
    static func double(_ point: AffinePoint<Field>) -> AffinePoint<Field>

    /// The point times 2, 4 and so on, the first `count` of them, which are at most `DoublingRun.countMax`;
    /// the same as by `double`. Nil if one of them needs the inverse of zero.
    static func doublings(_ point: AffinePoint<Field>, count: Int) -> DoublingRun<Field>?
}

/// Some doubles of a point, each twice the one before it.
struct DoublingRun<Field: PrimeField> {
    /// How many doubles are computed at a time: then the inversion costs less than one product does for
    /// each of them.
    static var countMax: Int { 16 }

    /// The doubles; those behind the number that was asked for mean nothing.
    var points: InlineArray<16, AffinePoint<Field>>

    /// As many times the same point.
    init(repeating point: AffinePoint<Field>) { points = InlineArray(repeating: point) }
}
