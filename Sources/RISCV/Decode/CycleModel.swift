/// What each instruction costs.
package enum CycleModel: UInt8, Sendable {
    /// SP1: every instruction costs one cycle (reference/zkvm.md 2.7).
    case uniform

    /// RISC Zero v1: one or two (reference/zkvm.md 1.8). What an ecall does costs more; the handler
    /// of the ecall charges that.
    case riscZero

    /// The cycles of one instruction. One that faults is never charged.
    package func cycles(of operation: Operation) -> UInt32 {
        switch (self, operation) {
        case (_, .end): 0
        case (.uniform, _): 1
        case (.riscZero, .xor), (.riscZero, .or), (.riscZero, .and), (.riscZero, .srl),
            (.riscZero, .sra), (.riscZero, .xori), (.riscZero, .ori), (.riscZero, .andi),
            (.riscZero, .srli), (.riscZero, .srai), (.riscZero, .div), (.riscZero, .divu),
            (.riscZero, .rem), (.riscZero, .remu):
            2
        case (.riscZero, _): 1
        }
    }
}
