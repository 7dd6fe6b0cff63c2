package import Bytes
import EthereumCodec

/// A mined transaction's outcome.
package struct TransactionReceipt: Hashable, Sendable {
    /// The transaction.
    package let transactionHash: Hash32
    /// The block that holds it.
    package let blockNumber: UInt64
    /// That block's hash.
    package let blockHash: Hash32
    /// Whether it succeeded (status 1) or was reverted.
    package let isSuccess: Bool
    /// Gas that it used.
    package let gasUsed: UInt64
    /// Wei per unit of gas that it paid; nil when the server doesn't say.
    package let effectiveGasPrice: UInt256?
    /// The contract that it created, if any.
    package let contractAddress: Address?
    /// What its contracts logged.
    package let logs: [LogEntry]

    init(_ value: JSONValue) throws(EthereumRPCError) {
        transactionHash = try value.member("transactionHash").fixed("transactionHash")
        blockNumber = try value.member("blockNumber").uint64("blockNumber")
        blockHash = try value.member("blockHash").fixed("blockHash")
        let status = try value.member("status").uint64("status")
        guard status <= 1 else { throw .malformedAnswer("status") }
        isSuccess = status == 1
        gasUsed = try value.member("gasUsed").uint64("gasUsed")
        if let price = value.optionalMember("effectiveGasPrice") {
            effectiveGasPrice = try price.uint256("effectiveGasPrice")
        } else {
            effectiveGasPrice = nil
        }
        if let address = value.optionalMember("contractAddress") {
            contractAddress = try address.fixed("contractAddress", as: Address.self)
        } else {
            contractAddress = nil
        }
        logs = try LogEntry.list(value.member("logs"))
    }
}

/// What is used of a transaction that a server knows.
package struct TransactionSummary: Hashable, Sendable {
    /// The transaction.
    package let hash: Hash32
    /// Its sender.
    package let sender: Address
    /// Its account nonce.
    package let nonce: UInt64
    /// The block that holds it; nil while it is in the pool.
    package let blockNumber: UInt64?

    init(_ value: JSONValue) throws(EthereumRPCError) {
        hash = try value.member("hash").fixed("hash")
        sender = try value.member("from").fixed("from")
        nonce = try value.member("nonce").uint64("nonce")
        if let number = value.optionalMember("blockNumber") {
            blockNumber = try number.uint64("blockNumber")
        } else {
            blockNumber = nil
        }
    }
}
