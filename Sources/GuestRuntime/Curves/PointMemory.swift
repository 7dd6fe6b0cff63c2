/// What is known of a guest's points on one curve: what it doubles where, what it adds along arrays, and
/// doubles that it had before. All results are those that the formulas give one by one.
struct PointMemory<Curve: BatchCurve> {
    typealias Point = AffinePoint<Curve.Field>

    /// How many places with points are followed at a time: two multiples and their sum, and one more.
    private static var chainCountMax: Int { AddendForecast.placeCount }

    private var chains: [PointChain<Curve>] = []
    private var oldestChain = 0
    private var kept = KeptDoubles<Curve.Field>()
    private var sums = SumsAhead<Curve>()
    private var forecast = AddendForecast()
    private var nextSums: NextSums<Curve>?
    private var trust = Trust()

    /// Twice the point that lies at an address.
    mutating func double(_ point: Point, at address: UInt32) -> Point {
        let place = chainIndex(address)
        forecast.noteDoubling(at: place)
        let double = double(point, in: place)
        chains[place].current = double
        return double
    }

    private mutating func double(_ point: Point, in place: Int) -> Point {
        if let double = chains[place].computedDouble(point) {
            kept.keep(point, double)
            return double
        }
        if let double = kept.double(point) { return double }
        let double = chains[place].double(point)
        kept.keep(point, double)
        return double
    }

    /// The sum of two different points that lie at these addresses; it will lie at the first. Nil when it was
    /// not computed together with others.
    ///
    /// - Parameter read: the point at an address; nil outside the guest's memory.
    @inline(__always)
    mutating func sum(
        _ left: Point, _ right: Point, at addresses: CallRun.Addresses, read: (UInt32) -> Point?
    ) -> Point? {
        if let sum = sums.sum(left, right, at: addresses, read: read) { return sum }
        if let sum = chains[chainIndex(addresses.left)].sum(left, right) { return sum }
        forecast.noteAddend(from: knownChainIndex(addresses.right))
        if let sum = nextSums?.next(left, right) {
            trust.wasRight()
            nextSums = nil
            return sum
        }
        return sumWithNext(left, right)
    }

    /// The sum of two points, together with what its sums with the points take that are likely to be added
    /// next. Nil if none is.
    private mutating func sumWithNext(_ left: Point, _ right: Point) -> Point? {
        nextSums = nil
        var others = NextSums<Curve>.Others(filler: right)
        for index in 0..<NextSums<Curve>.countMax {
            guard let source = forecast.next(index) else { break }
            if let point = point(source) { others.append(point) }
        }
        guard others.count > 0, trust.isThere() else { return nil }
        nextSums = NextSums(left, right, others: others)
        return nextSums?.sum
    }

    /// What the guest will have at a place, if that is known.
    private mutating func point(_ source: AddendForecast.Source) -> Point? {
        if let point = chains[source.place].foreseen(after: source.doublingCount) { return point }
        guard var point = chains[source.place].current else { return nil }
        for _ in 0..<source.doublingCount {
            guard let double = kept.foreseenDouble(point) else { return nil }
            point = double
        }
        return point
    }

    /// The chain at an address. Chains are kilobytes: a closure would be handed a copy of each.
    private func knownChainIndex(_ address: UInt32) -> Int? {
        for index in chains.indices where chains[index].address == address { return index }
        return nil
    }

    /// The chain at an address, which is a new one in the place of the oldest if there was none.
    private mutating func chainIndex(_ address: UInt32) -> Int {
        if let index = knownChainIndex(address) { return index }
        let chain = PointChain<Curve>(at: address)
        if chains.count < Self.chainCountMax {
            chains.append(chain)
            return chains.count - 1
        }
        oldestChain = (oldestChain + 1) % Self.chainCountMax
        chains[oldestChain] = chain
        forecast.forget(oldestChain)
        return oldestChain
    }
}

/// Whether guesses pay: each costs a tenth of what a right one saves.
private struct Trust {
    private var credit = Trust.start
    private var pause = 0

    private static var start: Int { 16 }
    private static var creditMax: Int { 64 }
    private static var pauseLength: Int { 256 }

    /// Whether the next guess should be made, which then is.
    mutating func isThere() -> Bool {
        if pause > 0 {
            pause -= 1
            return false
        }
        credit -= 1
        if credit == 0 { (credit, pause) = (Self.start, Self.pauseLength) }
        return true
    }

    /// A guess was right.
    mutating func wasRight() { credit = min(credit + 4, Self.creditMax) }
}

/// What is known of the points of one run of a guest, curve by curve.
struct PointMemories {
    var secp256k1 = PointMemory<Secp256k1Curve>()
    var secp256r1 = PointMemory<Secp256r1Curve>()
    var bn254 = PointMemory<BN254Curve>()
    var bls12381 = PointMemory<BLS12381Curve>()
    var ed25519 = PointMemory<Ed25519Curve>()
}
