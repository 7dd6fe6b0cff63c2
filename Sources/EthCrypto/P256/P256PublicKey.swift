package import Bytes
internal import COpenSSL

/// A public key on the curve P-256 (secp256r1), for signatures of passkeys and secure elements.
///
/// Immutable after `init`, so any thread may verify with it.
@safe
package final class P256PublicKey: @unchecked Sendable {
    // Proof of Sendable: the library's key is only read after init, which EVP_PKEY allows from any
    // thread.
    private let key: OpaquePointer

    /// The key of an uncompressed point, 0x04 ‖ x ‖ y: 65 bytes. Throws when it is not on the curve.
    package init(_ point: [UInt8]) throws(CryptoError) {
        guard point.count == 65 else {
            throw .wrongByteCount(parameter: "P-256 public key", expected: 65, actual: point.count)
        }
        guard point[0] == 4, let key = unsafe Self.makeKey(point) else {
            throw .parameterOutOfRange(
                parameter: "P-256 public key", rule: "0x04 and a point of the curve")
        }
        unsafe self.key = key
    }

    deinit {
        // The one reference that makeKey returned.
        unsafe EVP_PKEY_free(key)
    }

    /// Whether r and s, 32 big-endian bytes each, are this key's ECDSA signature over the digest.
    /// Signatures out of range are not; both s and n - s are, as everywhere with P-256.
    package func isValid(r: Hash32, s: Hash32, over digest: Hash32) -> Bool {
        let signature = Self.derEncoded(r: r, s: s)
        guard let context = unsafe EVP_PKEY_CTX_new(key, nil) else { return false }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        return unsafe withUnsafeCBytes(digest.inlineBytes) { digest in
            // The digest has 32 bytes, the signature its count.
            unsafe EVP_PKEY_verify_init(context) == 1
                && EVP_PKEY_verify(context, signature, signature.count, digest, 32) == 1
        }
    }

    // evp.h spells EVP_PKEY_PUBLIC_KEY with macros that Swift does not see: the domain parameters
    // (0x04), the other parameters (0x80) and the public key (0x02) of core_dispatch.h.
    private static let publicKeySelection: Int32 = 0x04 | 0x80 | 0x02

    private static func makeKey(_ point: [UInt8]) -> OpaquePointer? {
        guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "EC", nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var point = point
        var group = Array("prime256v1".utf8CString)
        var key: OpaquePointer?
        let isMade = unsafe point.withUnsafeMutableBytes { point in
            unsafe group.withUnsafeMutableBufferPointer { group in
                // The parameters point to literals and into the two buffers, which live until
                // fromdata has copied them; the list ends with the end marker.
                var parameters = unsafe [
                    OSSL_PARAM_construct_utf8_string(
                        characters(of: "group"), group.baseAddress, 0),
                    OSSL_PARAM_construct_octet_string(
                        characters(of: "pub"), point.baseAddress, point.count),
                    OSSL_PARAM_construct_end(),
                ]
                return unsafe EVP_PKEY_fromdata_init(context) == 1
                    && EVP_PKEY_fromdata(context, &key, publicKeySelection, &parameters) == 1
            }
        }
        return unsafe isMade ? key : nil
    }

    /// A literal as a C string. It is never freed, and the compiler ends it with a zero.
    private static func characters(of literal: StaticString) -> UnsafePointer<CChar> {
        unsafe UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
    }

    /// SEQUENCE { INTEGER r, INTEGER s } in DER, as the library takes signatures (RFC 3279 section
    /// 2.2.3). At most 72 bytes, so every length is one byte.
    private static func derEncoded(r: Hash32, s: Hash32) -> [UInt8] {
        let content = derInteger(r) + derInteger(s)
        return [0x30, UInt8(content.count)] + content
    }

    private static func derInteger(_ value: Hash32) -> [UInt8] {
        var digits = Array(value.bytes.drop { $0 == 0 })
        // A set highest bit would mean a negative number, and zero has one digit.
        if digits.isEmpty || digits[0] >= 0x80 {
            digits.insert(0, at: 0)
        }
        return [0x02, UInt8(digits.count)] + digits
    }
}
