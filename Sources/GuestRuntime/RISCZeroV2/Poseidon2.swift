/// The Poseidon2 permutation of RISC Zero: 24 cells of the BabyBear field, rounds 4 + 21 + 4, x⁷
/// (reference/zkvm.md 1.11; Grassi, Khovratovich, Schofnegger, "Poseidon2", sections 4 to 6).
enum Poseidon2 {
    /// How many field elements are permuted.
    static let cellCount = 24

    /// A state: any 32-bit values before a permutation, below the prime after it.
    typealias Cells = InlineArray<24, UInt32>

    /// Applies the permutation. Who applies it again and again keeps a `Poseidon2State` instead.
    static func permute(_ cells: inout Cells) {
        var state = Poseidon2State()
        for cell in 0..<cellCount { state[cell] = cells[cell] }
        state.permute()
        for cell in 0..<cellCount { cells[cell] = state[cell] }
    }
}
