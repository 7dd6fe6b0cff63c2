/// Points that a guest doubles over and over in one place, some of the doubles ahead of it.
struct PointChain<Curve: BatchCurve> {
    typealias Field = Curve.Field

    /// Where the guest has the point.
    let address: UInt32

    /// Points that were computed, each the double of the one before it.
    private var run: PointRun<Field>
    private var count: Int

    /// The first that the guest has not; it has the one before.
    private var next: Int

    /// What the guest has there since its last doubling.
    var current: AffinePoint<Field>?

    /// The doublings so far, and how many there were in both chains before, at most and at least.
    private var length: Int
    private var lengthBefore = 0
    private var expectedLength = 0

    /// A chain of no point.
    init(at address: UInt32) {
        self.address = address
        run = PointRun(repeating: AffinePoint(x: Field(0), y: Field(0)))
        (count, next, length) = (0, 0, 0)
    }

    /// What the guest will have there after so many more doublings, as far as that was computed. `mutating`
    /// because the compiler copies all of this to lend it to a method that is not.
    mutating func foreseen(after doublingCount: Int) -> AffinePoint<Field>? {
        guard next > 0, next - 1 + doublingCount < count, run.points[next - 1] == current else {
            return nil
        }
        return run.points[next - 1 + doublingCount]
    }

    /// The double of a point, if it was computed ahead.
    @inline(__always)
    mutating func computedDouble(_ point: AffinePoint<Field>) -> AffinePoint<Field>? {
        guard next > 0, next < count, run.points[next - 1] == point else { return nil }
        next += 1
        length += 1
        return run.points[next - 1]
    }

    /// The double of a point, and ahead of the guest those that it will ask for if it goes on.
    mutating func double(_ point: AffinePoint<Field>) -> AffinePoint<Field> {
        if count == 0 || next < count || run.points[count - 1] != point { restart() }
        let wanted = lookahead
        length += 1
        if wanted > 1, let doubles = Curve.doublings(point, count: wanted) {
            (run, count, next) = (doubles, wanted, 1)
        } else {
            run.points[0] = Curve.double(point)
            (count, next) = (1, 1)
        }
        return run.points[0]
    }

    /// The sum of two different points, from which a new chain goes on, and its doubles, if the chains
    /// before were of any; nil otherwise.
    mutating func sum(
        _ left: AffinePoint<Field>, _ right: AffinePoint<Field>
    ) -> AffinePoint<Field>? {
        restart()
        let wanted = min(expectedLength + 1, PointRun<Field>.countMax)
        guard wanted > 1, let points = Curve.sumAndDoublings(left, right, count: wanted) else {
            return nil
        }
        (run, count, next) = (points, wanted, 1)
        return run.points[0]
    }

    /// The guest has a point that was not made by doubling.
    mutating func restart() {
        expectedLength = min(length, lengthBefore)
        (lengthBefore, length) = (length, 0)
        (count, next) = (0, 0)
    }

    /// How many doublings to do at once: those that the chains before had; or else few while the row may be
    /// short.
    private var lookahead: Int {
        let rest = expectedLength - length
        let guess = length < Curve.certainLength ? 1 : length + 1
        return min(max(rest, guess), PointRun<Field>.countMax)
    }
}
