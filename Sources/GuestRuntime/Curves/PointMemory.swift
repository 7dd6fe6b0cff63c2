/// What is known of a guest's points on one curve: what it doubles where, what it adds along arrays, and
/// doubles that it had before. All results are those that the formulas give one by one.
struct PointMemory<Curve: BatchCurve> {
    typealias Point = AffinePoint<Curve.Field>

    /// How many places with points are followed at a time: two multiples and their sum, and one more.
    private static var chainCountMax: Int { 4 }

    private var chains: [PointChain<Curve>] = []
    private var oldestChain = 0
    private var kept = KeptDoubles<Curve.Field>()
    private var sums = SumsAhead<Curve>()

    /// Twice the point that lies at an address.
    mutating func double(_ point: Point, at address: UInt32) -> Point {
        let place = chainIndex(address)
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
        return chains[chainIndex(addresses.left)].sum(left, right)
    }

    /// The chain at an address, which is a new one in the place of the oldest if there was none.
    private mutating func chainIndex(_ address: UInt32) -> Int {
        for index in chains.indices where chains[index].address == address { return index }
        let chain = PointChain<Curve>(at: address)
        if chains.count < Self.chainCountMax {
            chains.append(chain)
            return chains.count - 1
        }
        oldestChain = (oldestChain + 1) % Self.chainCountMax
        chains[oldestChain] = chain
        return oldestChain
    }
}

/// What is known of the points of one run of a guest, curve by curve.
struct PointMemories {
    var secp256k1 = PointMemory<Secp256k1Curve>()
    var secp256r1 = PointMemory<Secp256r1Curve>()
    var bn254 = PointMemory<BN254Curve>()
    var bls12381 = PointMemory<BLS12381Curve>()
    var ed25519 = PointMemory<Ed25519Curve>()
}
