internal import Bytes
package import EthCrypto
internal import EthereumCodec
internal import Glibc

/// Reads private keys from where the configuration says they are.
package enum KeyLoader {
    /// A keystore file has about 500 bytes, a password or a key in hexadecimal fewer.
    private static let fileByteCountMax = 64 << 10

    /// Why there is no key. No case carries secret material.
    package enum Failure: Error, CustomStringConvertible {
        case file(BoundedFile.Failure)
        case keystore(path: String, message: String)
        case notHexadecimal(source: String)
        case notAKey(source: String)
        case missing(variable: String)

        package var description: String {
            switch self {
            case .file(let failure): failure.description
            case .keystore(let path, let message): "cannot use the keystore \(path): \(message)"
            case .notHexadecimal(let source):
                "\(source) must hold a private key as 64 hexadecimal digits"
            case .notAKey(let source):
                "\(source) holds 32 bytes that are not a secp256k1 private key"
            case .missing(let variable):
                "there is no key: name a keystore file, a descriptor, or set \(variable)"
            }
        }
    }

    /// The key from `source`.
    package static func load(_ source: KeySource) throws(Failure) -> PrivateKey {
        switch source {
        case .keystore(let path, let passwordPath):
            try fromKeystore(path, passwordPath: passwordPath)
        case .descriptor(let descriptor):
            try fromHex(try read(descriptor: descriptor), source: "descriptor \(descriptor)")
        case .environment(let variable):
            try fromEnvironment(variable)
        }
    }

    /// The first line of a password file, without its line break.
    package static func password(path: String) throws(Failure) -> [UInt8] {
        let bytes = try read(path)
        return Array(bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
    }

    private static func fromKeystore(
        _ path: String, passwordPath: String
    ) throws(Failure) -> PrivateKey {
        let json = try read(path)
        let password = try password(path: passwordPath)
        do throws(KeystoreError) {
            return try KeystoreV3.privateKey(json: json, password: password)
        } catch {
            throw .keystore(path: path, message: "\(error)")
        }
    }

    private static func fromEnvironment(_ variable: String) throws(Failure) -> PrivateKey {
        // The pointer is into the environment, which this process does not change.
        guard let value = unsafe getenv(variable) else { throw .missing(variable: variable) }
        return try fromHex(Array(unsafe String(cString: value).utf8), source: variable)
    }

    private static func fromHex(_ text: [UInt8], source: String) throws(Failure) -> PrivateKey {
        let digits = text.filter { $0 > 0x20 }
        guard let bytes = Hex.decode(digits.span), bytes.count == 32 else {
            throw .notHexadecimal(source: source)
        }
        return try key(bytes, source: source)
    }

    private static func key(_ bytes: [UInt8], source: String) throws(Failure) -> PrivateKey {
        do throws(CryptoError) {
            return try PrivateKey(bytes)
        } catch {
            throw .notAKey(source: source)
        }
    }

    private static func read(_ path: String) throws(Failure) -> [UInt8] {
        do throws(BoundedFile.Failure) {
            return try BoundedFile.read(path, byteCountMax: fileByteCountMax)
        } catch {
            throw .file(error)
        }
    }

    private static func read(descriptor: Int32) throws(Failure) -> [UInt8] {
        do throws(BoundedFile.Failure) {
            return try BoundedFile.read(
                descriptor: descriptor, "descriptor \(descriptor)", fileByteCountMax)
        } catch {
            throw .file(error)
        }
    }
}
