package import Bytes
internal import EthCrypto

/// Signed messages of version 0x45 (EIP-191), which wallets call personal_sign.
package enum EIP191 {
    private static let prefix = Array("\u{19}Ethereum Signed Message:\n".utf8)

    /// keccak256 of the prefix, the decimal count of the message's bytes and the message.
    package static func digest(_ message: Span<UInt8>) -> Hash32 {
        var hasher = Keccak256Hasher()
        hasher.update(prefix)
        hasher.update(decimalDigits(message.count))
        hasher.update(message)
        return hasher.finalize()
    }

    /// keccak256 of the prefix, the decimal count of the message's bytes and the message.
    package static func digest(_ message: [UInt8]) -> Hash32 {
        digest(message.span)
    }

    private static func decimalDigits(_ count: Int) -> [UInt8] {
        Array(String(count).utf8)
    }
}
