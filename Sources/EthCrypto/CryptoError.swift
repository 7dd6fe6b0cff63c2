/// Why a key, a password or a parameter of a cryptographic function was refused.
package enum CryptoError: Error, Hashable, Sendable {
    /// A secp256k1 private key is 32 bytes spelling an integer from 1 to the group order minus 1.
    case invalidPrivateKey

    /// A key, salt or initial value has the wrong number of bytes.
    case wrongByteCount(parameter: String, expected: Int, actual: Int)

    /// A parameter is outside the range that the function takes. The rule says what is allowed.
    case parameterOutOfRange(parameter: String, rule: String)

    /// The library ran out of memory or failed otherwise; the function has no result.
    case libraryFailure(function: String)
}

extension CryptoError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidPrivateKey:
            "a private key is 32 bytes, not zero and below the order of secp256k1"
        case .wrongByteCount(let parameter, let expected, let actual):
            "\(parameter) must have \(expected) bytes, not \(actual)"
        case .parameterOutOfRange(let parameter, let rule):
            "\(parameter) is out of range: \(rule)"
        case .libraryFailure(let function):
            "\(function) failed, probably for want of memory"
        }
    }
}
