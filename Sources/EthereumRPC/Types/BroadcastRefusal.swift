/// What a server says to eth_sendRawTransaction.
package enum BroadcastResult: Hashable, Sendable {
    /// The transaction is in the pool, since now or since earlier.
    case accepted
    /// It is not.
    case refused(BroadcastRefusal)
}

/// Why a server does not take a transaction.
///
/// JSON-RPC has one code for all of these, so the texts decide. They are those of geth
/// (core/txpool/errors.go, core/error.go), which Erigon, Reth, Nethermind, Besu and Anvil mostly share
/// or vary.
package enum BroadcastRefusal: Hashable, Sendable {
    /// The account nonce is used up.
    case nonceTooLow
    /// The fees are too low for the pool, or for replacing a transaction of the same nonce.
    case underpriced
    /// The sender can't pay the gas.
    case insufficientFunds
    /// No server of this chain can ever take it.
    case permanent(String)
    /// The server does not want it now.
    case temporary(String)

    /// Nil when the text means that the server has the transaction already.
    init?(message: String) {
        let text = message.lowercased()
        if Self.contains(text, Self.known) { return nil }
        if Self.contains(text, Self.spentNonce) {
            self = .nonceTooLow
        } else if Self.contains(text, Self.poor) {
            self = .insufficientFunds
        } else if Self.contains(text, Self.cheap) {
            self = .underpriced
        } else if Self.contains(text, Self.impossible) {
            self = .permanent(message)
        } else {
            self = .temporary(message)
        }
    }

    private static let known = [
        "already known", "known transaction", "already imported", "already_exists",
        "already in mempool", "transaction already exists",
    ]
    private static let spentNonce = [
        "nonce too low", "nonce is too low", "nonce_too_low", "oldnonce",
    ]
    private static let poor = [
        "insufficient funds", "insufficient balance", "insufficientfunds", "upfront cost exceeds",
        "doesn't have enough funds", "insufficient_balance",
    ]
    private static let cheap = [
        "underpriced", "fee too low", "feetoolow", "gas price too low", "gas_price_too_low",
        "less than block base fee", "max fee per gas less than", "could not replace existing",
        "replacementnotallowed", "gas price below",
    ]
    private static let impossible = [
        "exceeds block gas limit", "exceeds the block gas limit", "exceeds_block_gas_limit",
        "intrinsic gas too low", "intrinsic_gas", "floor data gas", "oversized data", "rlp:",
        "invalid sender", "invalid chain id", "invalid signature", "exceeds the configured cap",
        "exceeds maximum", "gas limit too high", "transaction type not supported",
        "higher than max fee per gas", "max initcode size", "gas uint64 overflow",
    ]

    private static func contains(_ text: String, _ parts: [String]) -> Bool {
        parts.contains { text.contains($0) }
    }
}
