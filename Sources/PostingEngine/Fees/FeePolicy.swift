/// What the chain asks for now, in wei per unit of gas.
package struct FeeQuote: Hashable, Sendable {
    /// The base fee of the next block (EIP-1559).
    package let baseFeePerGas: UInt64
    /// The priority fee that the node suggests.
    package let priorityFeePerGas: UInt64

    /// A quote made of its parts.
    package init(baseFeePerGas: UInt64, priorityFeePerGas: UInt64) {
        self.baseFeePerGas = baseFeePerGas
        self.priorityFeePerGas = priorityFeePerGas
    }
}

/// Fees of first transactions and of replacements.
struct FeePolicy {
    let configuration: PostingConfiguration

    /// Whether a transaction signed now could be mined in the next block.
    func canAfford(_ quote: FeeQuote) -> Bool {
        quote.baseFeePerGas <= configuration.feePerGasMax
    }

    /// Fees that stay enough while the base fee doubles, which takes at least six full blocks
    /// (it rises by at most an eighth per block).
    func firstFees(_ quote: FeeQuote, feePerGasMax: UInt64) -> Fees {
        let priority = min(quote.priorityFeePerGas, configuration.priorityFeePerGasMax)
        let wanted = quote.baseFeePerGas.multipliedClamped(by: 2).addedClamped(priority)
        let fee = min(wanted, feePerGasMax)
        return Fees(feePerGasMax: fee, priorityFeePerGasMax: min(priority, fee))
    }

    /// Fees at which nodes take a transaction in place of one with `old` fees: both raised by the
    /// configured share at least. Nil when that leaves the cap.
    func replacementFees(after old: Fees, _ quote: FeeQuote, feePerGasMax: UInt64) -> Fees? {
        let rise = configuration.replacementRisePercent
        let leastFee = old.feePerGasMax.raised(byPercent: rise)
        let leastPriority = old.priorityFeePerGasMax.raised(byPercent: rise)
        let fresh = firstFees(quote, feePerGasMax: feePerGasMax)
        let fee = min(max(leastFee, fresh.feePerGasMax, leastPriority), feePerGasMax)
        let priority = min(max(leastPriority, fresh.priorityFeePerGasMax), fee)
        guard fee >= leastFee, priority >= leastPriority else { return nil }
        return Fees(feePerGasMax: fee, priorityFeePerGasMax: priority)
    }
}
