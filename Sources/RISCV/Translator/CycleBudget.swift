/// Cycles left and instructions executed, in one register, so that one subtraction accounts for both and
/// its sign says when the cycles don't suffice.
///
///     63                    20 19                 0
///     | cycles left           | instructions      |
///
/// Subtracting (cycles << 20) - instructions takes cycles away and adds instructions. Everything is
/// linear: what is ahead or behind (`ChargeMap`) is added in the same form, and then both parts are true,
/// because no instruction is free and a slice has fewer cycles than 2^20.
///
/// Where each instruction takes one cycle the cycles say it all, and are not shifted.
struct CycleBudget {
    /// How far to the left the cycles stand; 0 when instructions are not counted apart.
    private let shift: Int64
    /// The operations that take two cycles.
    private let takesTwo: OperationSet
    /// What an instruction of one cycle subtracts.
    private let priceOfOne: Int32

    /// The most cycles that generated code is given at a time: with the instructions of the paths that may
    /// be executed, or charged for, beyond it they stay below 2^20.
    static let sliceCyclesMax = Int64((1 << 20) - 1 - 4 * Int64(TranslatorLimits.pathCyclesMax))

    /// Budgets of programs whose instructions cost what the model says, two cycles at most.
    init(_ model: CycleModel) {
        takesTwo = OperationSet { model.cycles(of: $0) == 2 }
        shift = takesTwo.isEmpty ? 0 : 20
        priceOfOne = takesTwo.isEmpty ? 1 : 1 << 20 - 1
    }

    /// Whether the price of each instruction is 1.
    var isUniform: Bool { shift == 0 }

    /// The budget with these many cycles left and no instruction executed.
    @inline(__always)
    func packed(cycles: Int64) -> Int64 { cycles << shift }

    /// The cycles left. Negative when a path went on beyond the slice.
    @inline(__always)
    func cycles(of budget: Int64) -> Int64 { budget >> shift }

    /// The instructions executed since the budget was that of `slice` cycles.
    @inline(__always)
    func instructionCount(of budget: Int64, slice: Int64) -> UInt64 {
        UInt64(isUniform ? slice - budget : budget & ((1 << shift) - 1))
    }

    /// What an instruction of an operation, not the end of the text, subtracts. The sum over a path fits 31 bits.
    @inline(__always)
    func price(_ operation: Operation) -> Int32 {
        let isSecond = Int32(truncatingIfNeeded: takesTwo.bit(operation))
        return priceOfOne &+ isSecond &<< 20
    }

    /// What the instructions of a block subtract.
    func price(_ block: Span<DecodedInstruction>) -> Int32 {
        if isUniform { return Int32(truncatingIfNeeded: block.count) }
        var sum: Int32 = 0
        for index in block.indices { sum &+= price(block[index].operation) }
        return sum
    }

    /// The cycles of a sum of prices.
    func cycles(ofPrice price: Int32) -> UInt16 {
        // The instructions were subtracted: rounded up. A path has fewer than 2^11.
        UInt16((Int64(price) + (1 << shift - 1)) >> shift)
    }
}
