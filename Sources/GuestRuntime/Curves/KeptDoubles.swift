/// Doubles of points, kept for the next multiple of the same point, as of a generator: guests of SP1's own
/// library double it 256 times for each signature.
struct KeptDoubles<Field: PrimeField> {
    /// A point and its double. A point of zeros, which is how all entries start, is its own double on all
    /// these curves.
    private struct Entry {
        var point: AffinePoint<Field>
        var double: AffinePoint<Field>
    }

    /// Empty until it may pay, then two entries for each value of some bits of the coordinates, the one that
    /// was used last before the other.
    private var entries: [Entry] = []

    /// The doubles that were asked for, and those that were there.
    private var askedCount = 0
    private var foundCount = 0

    /// Twice a point, if that is kept.
    @inline(__always)
    mutating func double(_ point: AffinePoint<Field>) -> AffinePoint<Field>? {
        if entries.isEmpty { return nil }
        let index = Self.index(of: point)
        if entries[index].point == point {
            foundCount += 1
            return entries[index].double
        }
        guard entries[index + 1].point == point else { return nil }
        foundCount += 1
        entries.swapAt(index, index + 1)
        return entries[index].double
    }

    /// Twice a point, if that is kept, for a guess: nothing changes by it.
    func foreseenDouble(_ point: AffinePoint<Field>) -> AffinePoint<Field>? {
        if entries.isEmpty { return nil }
        let index = Self.index(of: point)
        for index in index...index + 1 where entries[index].point == point {
            return entries[index].double
        }
        return nil
    }

    /// Keeps a double that was not there.
    @inline(__always)
    mutating func keep(_ point: AffinePoint<Field>, _ double: AffinePoint<Field>) {
        askedCount += 1
        // Nothing is kept, and nothing will be.
        if entries.isEmpty && askedCount > GuestRuntimeLimits.unkeptDoubleCount { return }
        insert(point, double)
    }

    private mutating func insert(_ point: AffinePoint<Field>, _ double: AffinePoint<Field>) {
        if entries.isEmpty {
            // The first multiples of points find nothing, and many guests make no more of them.
            guard askedCount == GuestRuntimeLimits.unkeptDoubleCount else { return }
            let zero = AffinePoint(x: Field(0), y: Field(0))
            entries = Array(
                repeating: Entry(point: zero, double: zero),
                count: GuestRuntimeLimits.keptDoubleCountMax)
        }
        let index = Self.index(of: point)
        entries[index + 1] = entries[index]
        entries[index] = Entry(point: point, double: double)
        // What finds hardly anything in a while only takes time.
        if askedCount == GuestRuntimeLimits.doubleCountOnTrial, foundCount < askedCount / 8 {
            entries = []
        }
    }

    /// The place of the first entry of a point; the count is a power of 2, and this is even.
    private static func index(of point: AffinePoint<Field>) -> Int {
        let bits = point.x.natural[0] ^ point.y.natural[0]
        return Int(bits &<< 1 & UInt64(GuestRuntimeLimits.keptDoubleCountMax - 1))
    }
}
