/// Cycles left and instructions executed, in one register, so that one subtraction accounts for both and
/// its sign says when the cycles don't suffice.
///
///     63                    20 19                 0
///     | cycles left           | instructions      |
///
/// Subtracting (cycles << 20) - instructions takes cycles away and adds instructions. Everything is
/// linear: what is ahead or behind (`ChargeMap`) is added in the same form, and then both parts are true,
/// because no instruction is free and a slice has fewer cycles than 2^20.
enum CycleBudget {
    private static let shift: Int64 = 20

    /// The most cycles that generated code is given at a time: with the instructions of the paths that may
    /// be executed, or charged for, beyond it they stay below 2^20.
    static let sliceCyclesMax = Int64((1 << 20) - 1 - 4 * Int64(TranslatorLimits.pathCyclesMax))

    /// The budget with these many cycles left and no instruction executed.
    static func packed(cycles: Int64) -> Int64 { cycles << shift }

    /// The cycles left. Negative when a path went on beyond the slice.
    static func cycles(of budget: Int64) -> Int64 { budget >> shift }

    /// The instructions executed.
    static func instructionCount(of budget: Int64) -> UInt64 {
        UInt64(budget & ((1 << shift) - 1))
    }

    /// What an instruction of each operation subtracts. Two cycles at most, so that the sum over a path fits
    /// 31 bits.
    struct Prices {
        /// Bit n: the operation of number n takes two cycles. A table would be copied for each look at it.
        private let takesTwo: UInt64

        /// The prices of a model.
        init(_ model: CycleModel) {
            takesTwo = Operation.allCases.reduce(0) {
                model.cycles(of: $1) == 2 ? $0 | 1 << UInt64($1.rawValue) : $0
            }
        }

        /// The price of an instruction of this operation.
        @inline(__always)
        subscript(operation: Operation) -> Int32 {
            let isSecond = Int32(truncatingIfNeeded: takesTwo &>> UInt64(operation.rawValue) & 1)
            return operation == .end ? 0 : (1 + isSecond) << 20 - 1
        }
    }

    /// The cycles of a sum of prices.
    static func cycles(ofPrice price: Int32) -> UInt16 {
        // The instructions were subtracted: rounded up. A path has fewer than 2^11.
        UInt16((price + (1 << 20 - 1)) >> 20)
    }
}
