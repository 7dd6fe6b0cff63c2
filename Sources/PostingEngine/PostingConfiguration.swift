/// How the poster behaves. Times are in milliseconds, fees in wei per unit of gas.
package struct PostingConfiguration: Hashable, Sendable {
    /// Blocks that must hold a transaction before it counts, its own block included.
    package var confirmationCount: UInt64 = 1

    /// Postings worked on at once: estimated, or holding an account nonce. Nodes keep about 64
    /// transactions of one sender (geth's `accountqueue`), so this stays well below.
    package var inFlightMax = 16

    /// Failures of its own after which a posting becomes a dead letter. Failures of the connection to
    /// the chain don't count.
    package var failuresMax: UInt32 = 10

    /// The highest fee that is ever signed for a posting.
    package var feePerGasMax: UInt64 = 500_000_000_000

    /// The highest priority fee that a first transaction offers; replacements may exceed it.
    package var priorityFeePerGasMax: UInt64 = 50_000_000_000

    /// The highest gas limit that is ever signed.
    package var gasLimitMax: UInt64 = 30_000_000

    /// Added to the estimate, in per cent: the state may change between estimate and block.
    package var gasMarginPercent: UInt64 = 25

    /// The gas limit of a self-transfer: what a plain transfer costs. Chains that charge for data
    /// posted elsewhere need more.
    package var fillerGasLimit: UInt64 = 21_000

    /// How long a transaction waits to be mined before its fees rise.
    package var replacementInterval: UInt64 = 15_000

    /// The least rise of a replacement, in per cent of both fees: what nodes ask for.
    package var replacementRisePercent: UInt64 = 10

    /// How often a transaction that the node has forgotten is sent again.
    package var rebroadcastInterval: UInt64 = 5_000

    /// How often the chain is looked at while anything is under way.
    package var pollInterval: UInt64 = 500

    /// How old the view of the chain may be when an account nonce and fees are chosen.
    package var viewAgeMax: UInt64 = 10_000

    /// How old a gas estimate may be when its transaction is signed.
    package var estimateAgeMax: UInt64 = 60_000

    /// How soon the chain is looked at after it took a transaction, for chains that mine at once.
    package var firstLookDelay: UInt64 = 50

    /// The first wait after a failure; it doubles with each further one.
    package var retryDelayMin: UInt64 = 250

    /// The longest wait after a failure.
    package var retryDelayMax: UInt64 = 30_000

    /// How long an account nonce may be used up with no receipt for any of our transactions before
    /// it counts as taken by somebody else: servers may index receipts late.
    package var lostPatience: UInt64 = 60_000

    /// How often receipts must have been missing by then.
    package var lostChecksMin = 5

    /// How long a hole among the account nonces may stand before it is filled.
    package var gapPatience: UInt64 = 60_000

    /// The defaults.
    package init() {}

    /// The highest fee of a self-transfer that frees an account nonce. Above the cap of calls, so
    /// that a call stuck at its cap can still be replaced.
    var fillerFeePerGasMax: UInt64 { feePerGasMax.multipliedClamped(by: 2) }

    /// The number of postings in flight, within the bound of the module.
    var inFlightCountMax: Int { min(max(inFlightMax, 1), PostingLimits.inFlightMax) }
}

extension UInt64 {
    /// The product, or the largest value when it does not fit. Fees come from servers.
    func multipliedClamped(by factor: UInt64) -> UInt64 {
        let (product, overflow) = multipliedReportingOverflow(by: factor)
        return overflow ? .max : product
    }

    /// The sum, or the largest value when it does not fit.
    func addedClamped(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// This value raised by `percent`, rounded up, and by at least one; or the largest value.
    func raised(byPercent percent: UInt64) -> UInt64 {
        let (high, low) = multipliedFullWidth(by: percent)
        guard high < 100 else { return .max }
        let (quotient, remainder) = UInt64(100).dividingFullWidth((high, low))
        return addedClamped(Swift.max(quotient.addedClamped(remainder == 0 ? 0 : 1), 1))
    }
}
