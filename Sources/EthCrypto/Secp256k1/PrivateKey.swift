package import Bytes
internal import CSecp256k1

/// A secp256k1 private key. Its bytes are overwritten when the last reference goes away.
package final class PrivateKey: Sendable {
    /// The bytes of the key; for writing a keystore.
    package let secret: SecretBytes

    /// The account of this key.
    package let address: Address

    /// The key spelled by 32 big-endian bytes; throws `invalidPrivateKey` for anything that is not an
    /// integer from 1 to the group order minus 1.
    package init(_ secret: SecretBytes) throws(CryptoError) {
        guard secret.count == 32 else { throw .invalidPrivateKey }
        var key = secp256k1_pubkey()
        let isValid = unsafe secret.withUnsafeBytes { bytes in
            // 32 bytes, checked above.
            unsafe secp256k1_ec_pubkey_create(Secp256k1.context, &key, bytes) == 1
        }
        guard isValid else { throw .invalidPrivateKey }
        self.secret = secret
        address = Address(publicKey: Secp256k1.serialize(&key))
    }

    /// The key spelled by 32 big-endian bytes; throws as `init(_:)` of secret bytes.
    package convenience init(_ bytes: [UInt8]) throws(CryptoError) {
        try self.init(SecretBytes(copying: bytes.span))
    }

    /// A new key made of 32 random bytes, which the caller supplies from the system's generator.
    /// One in 2^127 such strings is no key: then this throws `invalidPrivateKey`.
    package static func generate(entropy: [UInt8]) throws(CryptoError) -> PrivateKey {
        try PrivateKey(entropy)
    }

    /// Signs a digest. The nonce is that of RFC 6979, so the same digest gives the same signature.
    package func sign(_ digest: Hash32) -> RecoverableSignature {
        var signature = secp256k1_ecdsa_recoverable_signature()
        let isSigned = unsafe secret.withUnsafeBytes { secret in
            unsafe withUnsafeCBytes(digest.inlineBytes) { message in
                // Both have 32 bytes; null asks for the library's RFC 6979 nonces.
                unsafe secp256k1_ecdsa_sign_recoverable(
                    Secp256k1.context, &signature, message, secret, nil, nil) == 1
            }
        }
        precondition(isSigned, "signing with a valid key cannot fail")
        return RecoverableSignature(&signature)
    }
}

extension Address {
    /// The account of an uncompressed public key: 0x04, x, y.
    init(publicKey: InlineArray<65, UInt8>) {
        self.init(lowBytesOf: Keccak256.hash(publicKey.span.extracting(1..<65)))
    }
}

extension RecoverableSignature {
    /// What the library produced: r and s in range, s low.
    fileprivate init(_ signature: inout secp256k1_ecdsa_recoverable_signature) {
        var compact = InlineArray<64, UInt8>(repeating: 0)
        var recoveryID: Int32 = 0
        unsafe withUnsafeMutableCBytes(&compact) { bytes in
            // 64 bytes, as the function writes.
            _ = unsafe secp256k1_ecdsa_recoverable_signature_serialize_compact(
                Secp256k1.context, bytes, &recoveryID, &signature)
        }
        do throws(SignatureError) {
            try self.init(
                r: Hash32(unchecked: compact.span.extracting(0..<32)),
                s: Hash32(unchecked: compact.span.extracting(32..<64)),
                recoveryID: UInt8(truncatingIfNeeded: recoveryID))
        } catch {
            // r at or above the order (recovery ids 2 and 3) occurs once in 2^127 signatures.
            preconditionFailure("the library signs with a low s and an r below the order")
        }
    }
}
