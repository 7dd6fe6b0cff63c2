internal import Bytes
package import EthCrypto

/// Password-protected private keys in the format of wallets: Web3 Secret Storage, version 3.
package enum KeystoreV3 {
    /// The bytes of the key in a keystore file. The caller clears them after use; `privateKey` does
    /// so itself. Takes as long as the file's key derivation does, often a second.
    package static func decrypt(
        json: [UInt8], password: [UInt8]
    ) throws(KeystoreError) -> [UInt8] {
        let file = try KeystoreFile.decode(json)
        let key = try file.kdf.derive(password: password, salt: file.salt)
        let mac = key.withBytes { authenticationCode($0, file.ciphertext) }
        guard ConstantTime.areEqual(mac.bytes, file.mac.bytes) else { throw .wrongPassword }
        let secret = try applyCipher(key, file.initialValue, to: file.ciphertext)
        if let address = file.address, try privateKey(secret).address != address {
            throw .addressMismatch
        }
        return secret
    }

    /// The key in a keystore file.
    package static func privateKey(
        json: [UInt8], password: [UInt8]
    ) throws(KeystoreError) -> PrivateKey {
        var secret = try decrypt(json: json, password: password)
        defer { SecretBytes.clear(&secret) }
        return try privateKey(secret)
    }

    /// A keystore file for the key `secret`. Salt (32 bytes), initial value (16) and UUID (16) are
    /// random bytes of the caller's, new ones for each file.
    package static func encrypt(
        secret: [UInt8], password: [UInt8], kdf: KeystoreKDF = .standard, salt: [UInt8],
        iv initialValue: [UInt8], uuid: [UInt8]
    ) throws(KeystoreError) -> [UInt8] {
        guard salt.count == 32 else { throw .invalidField(name: "salt", rule: "32 bytes") }
        guard uuid.count == 16 else { throw .invalidField(name: "uuid", rule: "16 bytes") }
        let address = try privateKey(secret).address
        let key = try kdf.derive(password: password, salt: salt)
        let ciphertext = try applyCipher(key, initialValue, to: secret)
        let file = KeystoreFile(
            kdf: kdf, salt: salt, initialValue: initialValue, ciphertext: ciphertext,
            mac: key.withBytes { authenticationCode($0, ciphertext) }, address: address)
        return file.encoded(uuid: uuid)
    }

    /// keccak256 of the second half of the derived key and the ciphertext.
    private static func authenticationCode(
        _ key: Span<UInt8>, _ ciphertext: [UInt8]
    ) -> Hash32 {
        var hasher = Keccak256Hasher()
        hasher.update(key.extracting(16..<32))
        hasher.update(ciphertext)
        return hasher.finalize()
    }

    /// Encrypts or decrypts with the first half of the derived key.
    private static func applyCipher(
        _ key: SecretBytes, _ initialValue: [UInt8], to input: [UInt8]
    ) throws(KeystoreError) -> [UInt8] {
        do throws(CryptoError) {
            return try key.withBytes { (key) throws(CryptoError) in
                try AES128CTR.apply(
                    key: key.extracting(0..<16), initialValue: initialValue, to: input.span)
            }
        } catch {
            throw .crypto(error)
        }
    }

    private static func privateKey(_ secret: [UInt8]) throws(KeystoreError) -> PrivateKey {
        do throws(CryptoError) {
            return try PrivateKey(secret)
        } catch {
            throw .crypto(error)
        }
    }
}
