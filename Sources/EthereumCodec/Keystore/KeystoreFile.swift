internal import Bytes

/// The members of a version 3 keystore file, checked.
struct KeystoreFile {
    let kdf: KeystoreKDF
    let salt: [UInt8]
    let initialValue: [UInt8]
    let ciphertext: [UInt8]
    let mac: Hash32

    /// The account; optional in the format.
    let address: Address?

    /// Reads a file. Members that the format does not know are ignored, as wallets add some.
    static func decode(_ json: [UInt8]) throws(KeystoreError) -> KeystoreFile {
        let root = try parse(json)
        try require(root["version"]?.asUInt64 == 3, "version", "the number 3")
        // Geth wrote a capital letter for a while.
        guard let crypto = root["crypto"] ?? root["Crypto"] else {
            throw .invalidField(name: "crypto", rule: "an object")
        }
        try expect("aes-128-ctr", at: "cipher", in: crypto)
        let parameters = crypto["kdfparams"] ?? .null
        let mac = try bytes("mac", in: crypto, count: 32)
        return KeystoreFile(
            kdf: try kdf(crypto, parameters), salt: try bytes("salt", in: parameters),
            initialValue: try bytes("iv", in: crypto["cipherparams"] ?? .null, count: 16),
            ciphertext: try bytes("ciphertext", in: crypto, count: 32),
            mac: Hash32(unchecked: mac.span), address: try address(root))
    }

    private static func address(_ root: JSONValue) throws(KeystoreError) -> Address? {
        guard root["address"] != nil else { return nil }
        return Address(try bytes("address", in: root, count: 20))
    }

    private static func parse(_ json: [UInt8]) throws(KeystoreError) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(
                parsing: json, byteCountMax: EthereumCodecLimits.keystoreByteCountMax,
                depthMax: EthereumCodecLimits.keystoreDepthMax)
        } catch {
            throw .json(error)
        }
    }

    private static func kdf(
        _ crypto: JSONValue, _ parameters: JSONValue
    ) throws(KeystoreError) -> KeystoreKDF {
        let keyByteCount = UInt64(KeystoreKDF.keyByteCount)
        try require(parameters["dklen"]?.asUInt64 == keyByteCount, "dklen", "\(keyByteCount)")
        switch crypto["kdf"]?.asString {
        case "scrypt":
            return .scrypt(
                n: try number("n", in: parameters), r: try number("r", in: parameters),
                p: try number("p", in: parameters))
        case "pbkdf2":
            try expect("hmac-sha256", at: "prf", in: parameters)
            return .pbkdf2(iterations: try number("c", in: parameters))
        case .some(let name):
            throw .unsupported(name: "kdf", value: name)
        case .none:
            throw .invalidField(name: "kdf", rule: "scrypt or pbkdf2")
        }
    }

    private static func require(
        _ condition: Bool, _ name: String, _ rule: String
    ) throws(KeystoreError) {
        guard condition else { throw .invalidField(name: name, rule: rule) }
    }

    private static func expect(
        _ value: String, at name: String, in object: JSONValue
    ) throws(KeystoreError) {
        guard let text = object[name]?.asString else {
            throw .invalidField(name: name, rule: value)
        }
        guard text == value else { throw .unsupported(name: name, value: text) }
    }

    private static func number(
        _ name: String, in object: JSONValue
    ) throws(KeystoreError) -> UInt64 {
        guard let value = object[name]?.asUInt64 else {
            throw .invalidField(name: name, rule: "a whole number")
        }
        return value
    }

    /// The bytes of a hexadecimal member; `count` of them when it is given.
    private static func bytes(
        _ name: String, in object: JSONValue, count: Int? = nil
    ) throws(KeystoreError) -> [UInt8] {
        guard let text = object[name]?.asString, let bytes = Hex.decode(text) else {
            throw .invalidField(name: name, rule: "a string of hexadecimal digits")
        }
        try require(count == nil || bytes.count == count, name, "\(count ?? 0) bytes")
        return bytes
    }
}
