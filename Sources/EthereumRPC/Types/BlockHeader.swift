package import Bytes
import EthereumCodec

/// Which state a question is about.
package enum BlockTag: Hashable, Sendable {
    /// The newest block.
    case latest
    /// The newest block and what the server would put into the next one.
    case pending
    /// The newest block that a majority has attested.
    case safe
    /// The newest block that can't be undone.
    case finalized
    /// The block of this number.
    case number(UInt64)

    var parameter: JSONValue {
        switch self {
        case .latest: .string("latest")
        case .pending: .string("pending")
        case .safe: .string("safe")
        case .finalized: .string("finalized")
        case .number(let number): .quantity(number)
        }
    }
}

/// What is used of a block's header.
package struct BlockHeader: Hashable, Sendable {
    /// The block's number.
    package let number: UInt64
    /// Its hash.
    package let hash: Hash32
    /// The hash of the block before it.
    package let parentHash: Hash32
    /// Seconds since 1970.
    package let timestamp: UInt64
    /// Wei per unit of gas; nil before EIP-1559.
    package let baseFeePerGas: UInt64?

    init(_ value: JSONValue) throws(EthereumRPCError) {
        number = try value.member("number").uint64("number")
        hash = try value.member("hash").fixed("hash")
        parentHash = try value.member("parentHash").fixed("parentHash")
        timestamp = try value.member("timestamp").uint64("timestamp")
        if let fee = value.optionalMember("baseFeePerGas") {
            baseFeePerGas = try fee.uint64("baseFeePerGas")
        } else {
            baseFeePerGas = nil
        }
    }
}
