import Bytes
import EthCrypto

/// RISC Zero's tagged structures (reference/zkvm.md 1.6).
enum TaggedHash {
    /// SHA-256(SHA-256(tag) ‖ digests ‖ words, least significant byte first ‖ the number of digests as
    /// two bytes).
    static func hash(_ tag: String, _ digests: [Hash32], _ words: [UInt32] = []) -> Hash32 {
        var bytes = SHA256.hash(Array(tag.utf8)).bytes
        for digest in digests { digest.append(to: &bytes) }
        for word in words { bytes.append(littleEndian: word) }
        bytes.append(littleEndian: UInt16(truncatingIfNeeded: digests.count))
        return SHA256.hash(bytes)
    }
}
