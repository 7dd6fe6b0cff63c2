package import EthCrypto

/// Why a keystore file could not be opened or written.
package enum KeystoreError: Error, Hashable, Sendable {
    /// The file is not JSON.
    case json(JSONError)

    /// A member is missing or is not of the kind that the rule says.
    case invalidField(name: String, rule: String)

    /// The file asks for something that is not in version 3 of the format, or is not supported.
    case unsupported(name: String, value: String)

    /// Deriving the key failed: a parameter is out of range, or there is no memory.
    case crypto(CryptoError)

    /// The password is wrong, or the file was changed.
    case wrongPassword

    /// The key inside belongs to another account than the file says.
    case addressMismatch
}

extension KeystoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .json(let error): error.description
        case .invalidField(let name, let rule): "keystore: \(name) must be \(rule)"
        case .unsupported(let name, let value):
            "keystore: \(name) \(value.prefix(64)) is not supported"
        case .crypto(let error): "keystore: \(error)"
        case .wrongPassword: "the password is wrong, or the keystore was changed"
        case .addressMismatch: "the key in the keystore belongs to another address than it says"
        }
    }
}
