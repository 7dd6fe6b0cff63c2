package import Bytes
package import EthCrypto
import EthereumCodec

/// Everything that a transaction of the poster says; value and access list are always empty.
package struct TransactionTerms: Hashable, Sendable {
    /// The chain (EIP-155).
    package let chainID: UInt64
    /// The account nonce.
    package let nonce: UInt64
    /// What is offered per unit of gas.
    package let fees: Fees
    /// The most gas that may be used.
    package let gasLimit: UInt64
    /// The called contract, or the sender itself for a filler.
    package let to: Address
    /// The call's input.
    package let calldata: [UInt8]
}

/// A transaction ready to be sent.
package struct SignedTerms: Hashable, Sendable {
    /// What goes to eth_sendRawTransaction.
    package let raw: [UInt8]
    /// keccak256 of `raw`.
    package let hash: Hash32

    /// A signed transaction made of its parts.
    package init(raw: [UInt8], hash: Hash32) {
        self.raw = raw
        self.hash = hash
    }
}

/// The account that posts. Signing must be deterministic: the same terms give the same bytes, also
/// after a restart.
package struct TransactionSigner: Sendable {
    /// The account.
    package let address: Address
    /// Signs for the account.
    package let sign: @Sendable (TransactionTerms) -> SignedTerms

    /// A signer made of its parts.
    package init(
        address: Address, sign: @escaping @Sendable (TransactionTerms) -> SignedTerms
    ) {
        self.address = address
        self.sign = sign
    }

    /// The account of a private key, signing EIP-1559 transactions.
    package init(key: PrivateKey) {
        self.init(address: key.address) { terms in
            let transaction = DynamicFeeTransaction(
                chainID: terms.chainID, nonce: terms.nonce,
                maxPriorityFeePerGas: UInt256(terms.fees.priorityFeePerGasMax),
                maxFeePerGas: UInt256(terms.fees.feePerGasMax), gasLimit: terms.gasLimit,
                to: terms.to, data: terms.calldata
            ).signed(by: key)
            return SignedTerms(raw: transaction.raw, hash: transaction.hash)
        }
    }
}
