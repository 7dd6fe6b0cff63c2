package import Bytes

/// The fees of an EIP-1559 transaction, in wei per unit of gas.
package struct Fees: Hashable, Sendable {
    /// The most that is paid in all, base fee included.
    package let feePerGasMax: UInt64
    /// The most of it that goes to the block's producer.
    package let priorityFeePerGasMax: UInt64

    /// Fees made of their parts.
    package init(feePerGasMax: UInt64, priorityFeePerGasMax: UInt64) {
        self.feePerGasMax = feePerGasMax
        self.priorityFeePerGasMax = priorityFeePerGasMax
    }
}

/// One transaction that was signed under an account nonce. Everything else of it is fixed by the
/// nonce's owner, and signing is deterministic (RFC 6979), so these few bytes are the transaction:
/// it is built again when it is sent again, and checked against the hash.
package struct TransactionAttempt: Hashable, Sendable {
    /// What the transaction does.
    package enum Purpose: UInt8, Sendable {
        /// It posts the result.
        case call = 0
        /// It sends nothing to its own sender, which uses up the account nonce.
        case filler = 1
    }

    /// What the transaction does.
    package let purpose: Purpose
    /// Its fees.
    package let fees: Fees
    /// Its hash, under which the chain knows it.
    package let hash: Hash32

    /// An attempt made of its parts.
    package init(purpose: Purpose, fees: Fees, hash: Hash32) {
        self.purpose = purpose
        self.fees = fees
        self.hash = hash
    }
}

/// An account nonce in use, with every transaction that was ever signed under it. The chain accepts
/// one of them at most.
package struct LiveTransaction: Hashable, Sendable {
    /// The account nonce.
    package let nonce: UInt64
    /// The gas limit of the call.
    package let gasLimit: UInt64
    /// The transactions, oldest first; never empty, at most `PostingLimits.attemptsMax`.
    package internal(set) var attempts: [TransactionAttempt]
    /// Why the posting was given up, when it was: the nonce is then being filled, and once the filler
    /// is mined the posting is a dead letter with this reason.
    package internal(set) var abandonReason: String?

    /// A transaction made of its parts.
    package init(
        nonce: UInt64, gasLimit: UInt64, attempts: [TransactionAttempt],
        abandonReason: String? = nil
    ) {
        self.nonce = nonce
        self.gasLimit = gasLimit
        self.attempts = attempts
        self.abandonReason = abandonReason
    }
}
