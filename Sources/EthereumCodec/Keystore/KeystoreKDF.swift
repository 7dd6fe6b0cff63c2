internal import EthCrypto

/// How a keystore's password becomes its key.
package enum KeystoreKDF: Hashable, Sendable {
    /// Cost n, block size r, lanes p.
    case scrypt(n: UInt64, r: UInt64, p: UInt64)

    /// PBKDF2 with HMAC-SHA-256.
    case pbkdf2(iterations: UInt64)

    /// What wallets write: 256 MiB and about a second.
    package static let standard = KeystoreKDF.scrypt(n: 1 << 18, r: 8, p: 1)

    /// The bytes of the derived key: 16 for the cipher, 16 for the check of the password.
    static let keyByteCount = 32

    /// The key for a password.
    func derive(password: [UInt8], salt: [UInt8]) throws(KeystoreError) -> SecretBytes {
        do throws(CryptoError) {
            switch self {
            case .scrypt(let n, let r, let p):
                return try KeyDerivation.scrypt(
                    password: password, salt: salt, n: n, r: r, p: p,
                    byteCount: Self.keyByteCount)
            case .pbkdf2(let iterations):
                return try KeyDerivation.pbkdf2(
                    password: password, salt: salt, iterations: iterations,
                    byteCount: Self.keyByteCount)
            }
        } catch {
            throw .crypto(error)
        }
    }
}
