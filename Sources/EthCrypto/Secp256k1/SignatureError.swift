/// Why a secp256k1 signature was refused.
package enum SignatureError: Error, Hashable, Sendable {
    /// There are neither 65 bytes (r, s, v) nor 64 (EIP-2098).
    case wrongByteCount(Int)

    /// v is none of 0, 1, 27 and 28.
    case invalidRecoveryByte(UInt8)

    /// r is zero or not below the group order.
    case rOutOfRange

    /// s is zero or not below the group order.
    case sOutOfRange

    /// s is above half the group order: the other half of a pair of valid signatures (EIP-2).
    case highS

    /// No public key produces this signature over this digest.
    case unrecoverable
}

extension SignatureError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .wrongByteCount(let count):
            "a signature has 65 bytes (r, s, v) or 64 bytes (EIP-2098), not \(count)"
        case .invalidRecoveryByte(let byte):
            "the last byte of a signature, v, is 27, 28, 0 or 1, not \(byte)"
        case .rOutOfRange:
            "r must be at least 1 and below the order of secp256k1"
        case .sOutOfRange:
            "s must be at least 1 and below the order of secp256k1"
        case .highS:
            "s must be at most half the order of secp256k1 (EIP-2)"
        case .unrecoverable:
            "no public key produces this signature over this digest"
        }
    }
}
