/// The 24 cells that Poseidon2 permutes, in Montgomery form and below 2³².
///
/// The cells are four columns of six, as the paper's 4 × 4 matrix takes them: cell 4g + c is the g-th of
/// column c. A column is three pairs.
struct Poseidon2State {
    private typealias Pair = BabyBear.Pair

    private var pairs: [12 of BabyBear.Pair] = .init(repeating: .zero)

    /// Which lane of which pair holds a cell.
    static func place(of cell: Int) -> (pair: Int, lane: Int) {
        (cell % 4 * 3 + cell / 8, cell / 4 % 2)
    }

    /// A cell, 0 to 23: below the prime when it is read, any number when it is written.
    subscript(cell: Int) -> UInt32 {
        get {
            let (pair, lane) = Self.place(of: cell)
            // Less than the prime, since the other factor is one.
            return UInt32(BabyBear.product(pairs[pair][lane], 1))
        }
        set {
            let (pair, lane) = Self.place(of: cell)
            pairs[pair][lane] = BabyBear.product(UInt64(newValue), BabyBear.radixSquared)
        }
    }

    /// Applies the permutation (section 6 of the paper).
    mutating func permute() {
        // Local, and read through spans: an array elsewhere is copied for each element that is read.
        let external = Poseidon2Tables.shared.externalRounds
        mix()
        for round in 0..<4 { externalRound(round, external.span) }
        internalRounds()
        for round in 4..<8 { externalRound(round, external.span) }
        for index in 0..<12 { pairs[index] = BabyBear.narrowed(pairs[index]) }
    }

    @inline(__always)
    private mutating func externalRound(_ round: Int, _ constants: Span<BabyBear.Pair>) {
        for index in 0..<12 {
            let sum = pairs[index] &+ constants[round * 12 + index]
            pairs[index] = BabyBear.seventhPower(BabyBear.narrowed(sum))
        }
        mix()
    }

    /// The 21 rounds in which one cell is raised to its seventh power and all are multiplied by the matrix
    /// of ones plus a diagonal.
    ///
    /// Only the first cell's way from round to round is long, so it is kept as short as can be: what the
    /// others add to it is known before its power is.
    @inline(__always)
    private mutating func internalRounds() {
        let tables = Poseidon2Tables.shared
        let (added, diagonal) = (tables.internalRounds, tables.diagonal)
        let (constants, factors) = (added.span, diagonal.span)
        for index in 0..<12 { pairs[index] = BabyBear.narrowed(pairs[index]) }
        var first = BabyBear.narrowed(pairs[0][0] &+ constants[0])
        pairs[0][0] = 0
        for round in 1..<22 {
            var total = pairs[0]
            for index in 1..<12 { total &+= pairs[index] }
            let others = total[0] &+ total[1]
            let power = seventhPower(first)
            // Below 2.08 p.
            first =
                BabyBear.product(power, tables.firstFactor)
                &+ BabyBear.narrowed(others &+ constants[round])
            let sum = BabyBear.narrowed(others &+ power)
            // Times R once more, the sum goes through the reduction of the products: below 2 p.
            let shifted = Pair(repeating: BabyBear.product(sum, BabyBear.radixSquared))
            for index in 0..<12 {
                let product = BabyBear.low(pairs[index]) &* BabyBear.low(factors[index])
                pairs[index] = BabyBear.reduced(product &+ shifted)
            }
            pairs[0] &= Pair(0, .max)
        }
        pairs[0][0] = first
    }

    /// x⁷ for x below 2.08 p: below 1.8 p.
    @inline(__always)
    private func seventhPower(_ x: UInt64) -> UInt64 {
        let square = BabyBear.product(x, x)
        return BabyBear.product(BabyBear.product(square, x), BabyBear.product(square, square))
    }

    /// Multiplies by circ(2 · M, M, M, M, M, M), where M is the 4 × 4 matrix of the paper: sums of at most
    /// 112 cells, below 2⁴⁰.
    @inline(__always)
    private mutating func mix() {
        for index in 0..<3 { mixColumns(index) }
        for column in 0..<4 {
            let start = column * 3
            let total = pairs[start] &+ pairs[start + 1] &+ pairs[start + 2]
            let sums = total &+ Pair(total[1], total[0])
            for index in start..<start + 3 { pairs[index] &+= sums }
        }
    }

    /// M = (5 7 1 3, 4 6 1 1, 1 3 5 7, 1 1 4 6) with the eight additions of the paper's appendix B.
    @inline(__always)
    private mutating func mixColumns(_ index: Int) {
        let (a, b, c, d) = (pairs[index], pairs[3 + index], pairs[6 + index], pairs[9 + index])
        let ab = a &+ b
        let cd = c &+ d
        let twoB = b &+ b &+ cd
        let twoD = d &+ d &+ ab
        let fourCD = cd &<< 2 &+ twoD
        let fourAB = ab &<< 2 &+ twoB
        pairs[index] = twoD &+ fourAB
        pairs[3 + index] = fourAB
        pairs[6 + index] = twoB &+ fourCD
        pairs[9 + index] = fourCD
    }
}
