internal import Bytes
package import EthCrypto
internal import EthereumCodec

/// Writes keys to keystore files.
package enum KeystoreWriter {
    /// Why no file was written.
    package enum Failure: Error, CustomStringConvertible {
        case keystore(String)
        case file(BoundedFile.Failure)
        case emptyPassword

        package var description: String {
            switch self {
            case .keystore(let message): "the keystore could not be made: \(message)"
            case .file(let failure): failure.description
            case .emptyPassword: "the password must not be empty"
            }
        }
    }

    /// Writes `key` to a new file at `path`, encrypted with `password`; an existing file is an error.
    package static func write(
        _ key: PrivateKey, to path: String, password: [UInt8]
    ) throws(Failure) {
        guard !password.isEmpty else { throw .emptyPassword }
        var secret = key.secret.withBytes { [UInt8](copying: $0) }
        defer { SecretBytes.clear(&secret) }
        let json: [UInt8]
        do throws(KeystoreError) {
            json = try KeystoreV3.encrypt(
                secret: secret, password: password, salt: SystemRandom.bytes(32),
                iv: SystemRandom.bytes(16), uuid: SystemRandom.bytes(16))
        } catch {
            throw .keystore("\(error)")
        }
        do throws(BoundedFile.Failure) {
            try BoundedFile.createPrivate(path, json)
        } catch {
            throw .file(error)
        }
    }
}
