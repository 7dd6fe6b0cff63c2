/// Doubles of points, kept and computed ahead.
///
/// Guests multiply points by doubling them over and over; SP1's own library does so with two points at a
/// time, one of which is the curve's generator, and doubles are two thirds of its calls. So when a
/// guest doubles the double of a double, more of them are computed at once, for one inversion; and
/// what was computed is kept, for the next multiple of the same point. Results are the same either way.
struct DoublingCache<Curve: DoublingCurve> {
    typealias Field = Curve.Field

    /// A point and its double. A point of zeros, which is how all entries start, is its own double on all
    /// these curves.
    private struct Entry {
        var point: AffinePoint<Field>
        var double: AffinePoint<Field>
    }

    /// The double that a guest is expected to double next, and how many doublings led there.
    private struct Chain {
        var end: AffinePoint<Field>
        var length: Int
    }

    /// Empty until the first doubling, then two entries for each value of some bits of the coordinates, the
    /// one that was used last before the other.
    private var entries: [Entry] = []
    private var chains: InlineArray<4, Chain>
    private var oldestChain = 0

    /// A cache with nothing in it, which takes no memory.
    init() {
        let zero = AffinePoint(x: Field(0), y: Field(0))
        chains = InlineArray(repeating: Chain(end: zero, length: 0))
    }

    /// Twice a point.
    mutating func double(_ point: AffinePoint<Field>) -> AffinePoint<Field> {
        if entries.isEmpty {
            let zero = AffinePoint(x: Field(0), y: Field(0))
            entries = Array(
                repeating: Entry(point: zero, double: zero),
                count: GuestRuntimeLimits.doublingCacheEntryCount)
        }
        let index = Self.index(of: point)
        if entries[index].point == point { return entries[index].double }
        guard entries[index + 1].point == point else { return extend(point) }
        entries.swapAt(index, index + 1)
        return entries[index].double
    }

    /// Doubles a point that is not there, and what probably comes next.
    private mutating func extend(_ point: AffinePoint<Field>) -> AffinePoint<Field> {
        var place = 0
        while place < 4, chains[place].length == 0 || chains[place].end != point { place += 1 }
        var length = 0
        if place < 4 {
            length = chains[place].length
        } else {
            place = oldestChain
            oldestChain = (oldestChain + 1) & 3
        }
        let count = Self.count(after: length)
        guard count > 1, let run = Curve.doublings(point, count: count) else {
            let double = Curve.double(point)
            keep(point, double)
            chains[place] = Chain(end: double, length: length + 1)
            return double
        }
        keep(point, run.points[0])
        for index in 1..<count { keep(run.points[index - 1], run.points[index]) }
        chains[place] = Chain(end: run.points[count - 1], length: length + count)
        return run.points[0]
    }

    /// How many doublings to do at once after so many in a row: few while the row may be short.
    private static func count(after length: Int) -> Int {
        switch length {
        case 0: 1
        case 1...2: 2
        case 3...7: 4
        default: DoublingRun<Field>.countMax
        }
    }

    private mutating func keep(_ point: AffinePoint<Field>, _ double: AffinePoint<Field>) {
        let index = Self.index(of: point)
        entries[index + 1] = entries[index]
        entries[index] = Entry(point: point, double: double)
    }

    /// The place of the first entry of a point; the count is a power of 2, and this is even.
    private static func index(of point: AffinePoint<Field>) -> Int {
        let bits = point.x.natural[0] ^ point.y.natural[0]
        return Int(bits &<< 1 & UInt64(GuestRuntimeLimits.doublingCacheEntryCount - 1))
    }
}

/// The doubles of one run of a guest, curve by curve.
struct DoublingCaches {
    var secp256k1 = DoublingCache<Secp256k1Curve>()
    var secp256r1 = DoublingCache<Secp256r1Curve>()
    var bn254 = DoublingCache<BN254Curve>()
    var bls12381 = DoublingCache<BLS12381Curve>()
    var ed25519 = DoublingCache<Ed25519Curve>()
}
