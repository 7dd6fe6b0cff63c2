package import Bytes
internal import EthCrypto

/// The contract ABI of Solidity: head and tail encoding of tuples.
package enum ABI {
    /// The bytes of one word.
    package static let wordByteCount = 32

    /// The first four bytes of the keccak-256 of a signature such as `transfer(address,uint256)`.
    package static func selector(_ signature: String) -> [UInt8] {
        Array(Keccak256.hash(Array(signature.utf8)).bytes[..<4])
    }

    /// The keccak-256 of an event's signature: its first topic.
    package static func eventTopic(_ signature: String) -> Hash32 {
        Keccak256.hash(Array(signature.utf8))
    }

    /// How many bytes `byteCount` bytes take with their padding. The count is that of an array in
    /// memory, so the sum cannot overflow.
    static func paddedByteCount(_ byteCount: Int) -> Int {
        (byteCount + 31) & ~31
    }
}
