/// The Poseidon2 permutation of RISC Zero: 24 cells of the BabyBear field, rounds 4 + 21 + 4, x⁷
/// (reference/zkvm.md 1.11; Grassi, Khovratovich, Schofnegger, "Poseidon2", sections 4 and 5).
enum Poseidon2 {
    /// How many field elements are permuted.
    static let cellCount = 24

    /// A state: any 32-bit values before a permutation, below `prime` after it.
    typealias Cells = InlineArray<24, UInt32>

    /// The prime of the BabyBear field, 15 · 2²⁷ + 1.
    static let prime: UInt64 = 2_013_265_921

    /// Applies the permutation.
    static func permute(_ cells: inout Cells) {
        // Copies, so that the loops need not ask whether the constants are there already.
        let external = Poseidon2Constants.externalRounds
        let diagonal = Poseidon2Constants.internalDiagonal
        multiplyExternal(&cells)
        for round in 0..<4 { externalRound(&cells, round, external) }
        for round in 0..<21 {
            internalRound(&cells, Poseidon2Constants.internalRounds[round], diagonal)
        }
        for round in 4..<8 { externalRound(&cells, round, external) }
    }

    private static func externalRound(
        _ cells: inout Cells, _ round: Int, _ constants: borrowing InlineArray<192, UInt32>
    ) {
        for index in 0..<24 {
            let constant = constants[round * 24 + index]
            cells[index] = seventhPower(UInt64(cells[index]) + UInt64(constant))
        }
        multiplyExternal(&cells)
    }

    private static func internalRound(
        _ cells: inout Cells, _ constant: UInt32, _ diagonal: borrowing Cells
    ) {
        cells[0] = seventhPower(UInt64(cells[0]) + UInt64(constant))
        // The matrix is all ones plus a diagonal. 24 values below 2³¹ fit easily.
        var sum: UInt64 = 0
        for index in 0..<24 { sum += UInt64(cells[index]) }
        for index in 0..<24 {
            let product = UInt64(cells[index]) * UInt64(diagonal[index])
            cells[index] = reduce(product + sum)
        }
    }

    /// x⁷ of a value below 2³³.
    private static func seventhPower(_ value: UInt64) -> UInt32 {
        let x = value % prime
        let square = x * x % prime
        let fourth = square * square % prime
        return reduce(fourth * square % prime * x)
    }

    /// Multiplies by circ(2·M, M, M, M, M, M), where M is the 4 × 4 matrix of the paper.
    private static func multiplyExternal(_ cells: inout Cells) {
        var sums = InlineArray<4, UInt64>(repeating: 0)
        var products = InlineArray<24, UInt64>(repeating: 0)
        for start in stride(from: 0, to: 24, by: 4) {
            let a = UInt64(cells[start])
            let b = UInt64(cells[start + 1])
            let c = UInt64(cells[start + 2])
            let d = UInt64(cells[start + 3])
            products[start] = 5 * a + 7 * b + c + 3 * d
            products[start + 1] = 4 * a + 6 * b + c + d
            products[start + 2] = a + 3 * b + 5 * c + 7 * d
            products[start + 3] = a + b + 4 * c + 6 * d
            for index in 0..<4 { sums[index] += products[start + index] }
        }
        // At most 7 · 16 values below 2³² each.
        for index in 0..<24 { cells[index] = reduce(products[index] + sums[index & 3]) }
    }

    private static func reduce(_ value: UInt64) -> UInt32 { UInt32(value % prime) }
}
