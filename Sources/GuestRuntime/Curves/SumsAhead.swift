/// Sums that are computed before a guest asks for them, many for one inversion.
///
/// A guest that adds points along arrays (`CallRun`) has the operands of its next calls in memory already.
/// What was computed from them is the guest's only if the call has these very operands.
struct SumsAhead<Curve: BatchCurve> {
    typealias Point = AffinePoint<Curve.Field>

    private var calls = CallRun()
    private var pairs: [PointPair<Curve.Field>] = []
    private var next = 0

    /// The sum of two points that lie at these addresses; nil when it was not computed ahead, and nothing is
    /// known of the calls that come.
    ///
    /// - Parameter read: the point at an address; nil outside the guest's memory.
    @inline(__always)
    mutating func sum(
        _ left: Point, _ right: Point, at addresses: CallRun.Addresses,
        read: (UInt32) -> Point?
    ) -> Point? {
        let (count, leftOutCount) = calls.note(
            addresses, countMax: PointRun<Curve.Field>.countMax)
        next += leftOutCount
        if next < pairs.count, pairs[next].consists(of: left, right) {
            next += 1
            return pairs[next - 1].sum
        }
        guard count > 1 else { return nil }
        pairs.removeAll(keepingCapacity: true)
        pairs.append(PointPair(left, right))
        for index in 1..<count {
            let place = addresses.moved(by: index, calls.step)
            guard let left = read(place.left), let right = read(place.right) else { break }
            pairs.append(PointPair(left, right))
        }
        pairs.removeLast(pairs.count - Curve.sums(of: &pairs))
        next = min(1, pairs.count)
        return pairs.first?.sum
    }
}
