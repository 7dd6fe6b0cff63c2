/// The constants of Poseidon2 in Montgomery form, laid out as `Poseidon2State` lays out its cells.
struct Poseidon2Tables: Sendable {
    /// What the eight external rounds add, 12 pairs each.
    private(set) var externalRounds: [96 of BabyBear.Pair] = .init(repeating: .zero)

    /// What the 21 internal rounds add to the first cell; then 0.
    private(set) var internalRounds: [22 of UInt64] = .init(repeating: 0)

    /// The diagonal of the internal matrix without the ones of the matrix; 0 for the first cell.
    private(set) var diagonal: [12 of BabyBear.Pair] = .init(repeating: .zero)

    /// The first of the diagonal, and one: what the first cell's own share in itself is.
    let firstFactor: UInt64

    /// The one instance.
    static let shared = Poseidon2Tables()

    private init() {
        for index in 0..<192 {
            let (pair, lane) = Poseidon2State.place(of: index % 24)
            externalRounds[index / 24 * 12 + pair][lane] = BabyBear.montgomery(
                Poseidon2Constants.externalRounds[index])
        }
        for round in 0..<21 {
            internalRounds[round] = BabyBear.montgomery(Poseidon2Constants.internalRounds[round])
        }
        for cell in 1..<24 {
            let (pair, lane) = Poseidon2State.place(of: cell)
            diagonal[pair][lane] = BabyBear.montgomery(Poseidon2Constants.internalDiagonal[cell])
        }
        let first = BabyBear.montgomery(Poseidon2Constants.internalDiagonal[0])
        // Both are below p, which is below 2^31.
        firstFactor = (first + BabyBear.montgomery(1)) % BabyBear.prime
    }
}
