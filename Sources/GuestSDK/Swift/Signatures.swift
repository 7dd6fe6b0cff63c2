import CTandem

/// Ethereum's signatures (tandem_signatures.h).
public enum EthereumSignature {
    /// The address that signed this digest; nil when the 65 bytes r, s and v are no signature. Two
    /// signatures name each signer, so that a signature is no identifier.
    public static func signer(of digest: Hash32, _ signature: some GuestBytes) -> Address? {
        var address = InlineArray<20, UInt8>(repeating: 0)
        let isSigned = withBytes(digest, signature, 65) { digest, signature in
            withUnsafeMutableBytes(of: &address) {
                tandem_ecrecover(
                    digest, signature, $0.assumingMemoryBound(to: UInt8.self).baseAddress)
            }
        }
        guard isSigned else { return nil }
        return withUnsafeBytes(of: address) { Address([UInt8]($0)) }
    }

    /// The digest that wallets sign for a 32-byte message (EIP-191).
    public static func personalDigest(of message: Hash32) -> Hash32 {
        var content = [UInt8]("\u{19}Ethereum Signed Message:\n32".utf8)
        message.withBytes { content.append(contentsOf: $0) }
        return Keccak256.hash(content)
    }
}

extension Secp256k1 {
    /// Whether a signature, r and s, of the digest is by the key, x and y.
    public static func isValid(
        _ signature: some GuestBytes, of digest: Hash32, by key: some GuestBytes
    ) -> Bool {
        withBytes(digest, signature, 64) { digest, signature in
            withBytes(key, 64) { tandem_secp256k1_verify(digest, signature, $0) }
        }
    }
}

extension P256 {
    /// Whether a signature, r and s, of the digest is by the key, x and y.
    public static func isValid(
        _ signature: some GuestBytes, of digest: Hash32, by key: some GuestBytes
    ) -> Bool {
        withBytes(digest, signature, 64) { digest, signature in
            withBytes(key, 64) { tandem_p256_verify(digest, signature, $0) }
        }
    }
}

extension Ed25519 {
    /// Whether a signature of 64 bytes of the message is by the key of 32 (RFC 8032).
    public static func isValid(
        _ signature: some GuestBytes, of message: some GuestBytes, by key: some GuestBytes
    ) -> Bool {
        message.withBytes { message in
            withBytes(signature, 64) { signature in
                withBytes(key, 32) {
                    tandem_ed25519_verify(message.baseAddress, message.count, signature, $0)
                }
            }
        }
    }
}

/// RSA with keys of 2048 bits and the exponent 65537.
public enum RSA2048 {
    /// Whether a signature of 256 bytes is of this SHA-256 digest (RSASSA-PKCS1-v1_5).
    public static func isValid(
        _ signature: some GuestBytes, ofSHA256 digest: Hash32, modulus: some GuestBytes
    ) -> Bool {
        withBytes(digest, signature, 256) { digest, signature in
            withBytes(modulus, 256) { tandem_rsa2048_verify_sha256(digest, signature, $0) }
        }
    }
}

/// Calls `body` with the address of exactly `count` bytes; false for any other number of them.
private func withBytes(
    _ bytes: some GuestBytes, _ count: Int, _ body: (UnsafePointer<UInt8>?) -> Bool
) -> Bool {
    bytes.withBytes { source in
        guard source.count == count else { return false }
        return body(source.assumingMemoryBound(to: UInt8.self).baseAddress)
    }
}

private func withBytes(
    _ digest: Hash32, _ bytes: some GuestBytes, _ count: Int,
    _ body: (UnsafePointer<UInt8>?, UnsafePointer<UInt8>?) -> Bool
) -> Bool {
    withBytes(digest, 32) { digest in
        withBytes(bytes, count) { body(digest, $0) }
    }
}
