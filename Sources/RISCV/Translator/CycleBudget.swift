/// Cycles left and instructions executed, in one register, so that one subtraction per block accounts
/// for both and its carry says when the cycles don't suffice.
///
///     63                    20 19                 0
///     | cycles left           | instructions      |
///
/// Subtracting (cycles << 20) - instructions takes the block's cycles away and adds its instructions.
/// It borrows exactly when the cycles left are fewer than the block's, as long as the instructions,
/// with those of the block that is refused, stay below 2^20: no instruction is free, and a slice has
/// fewer cycles than that by one block.
enum CycleBudget {
    private static let shift: UInt64 = 20

    /// The most cycles that generated code is given at a time.
    static let sliceCyclesMax = Int64((1 << 20) - 1 - TranslatorLimits.blockInstructionCountMax)

    /// The budget with these many cycles left and instructions executed.
    static func packed(cycles: Int64, instructionCount: UInt32) -> UInt64 {
        UInt64(cycles) << shift | UInt64(instructionCount)
    }

    /// The cycles left.
    static func cycles(of budget: UInt64) -> Int64 { Int64(budget >> shift) }

    /// The instructions executed.
    static func instructionCount(of budget: UInt64) -> UInt64 { budget & ((1 << shift) - 1) }

    /// What a block subtracts. Positive, and fits 31 bits, because a block's instructions are at most
    /// `blockInstructionCountMax` of one or two cycles each.
    static func charge(_ cost: CodeImage.Cost) -> UInt32 {
        (cost.cycles << 20) - cost.instructionCount
    }

    /// The cost that `charge` packed.
    static func cost(of charge: UInt32) -> CodeImage.Cost {
        let instructionCount = (0 &- charge) & ((1 << 20) - 1)
        return CodeImage.Cost(
            cycles: (charge + instructionCount) >> 20, instructionCount: instructionCount)
    }
}
