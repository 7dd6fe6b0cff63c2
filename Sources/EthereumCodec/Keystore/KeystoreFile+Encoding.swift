internal import Bytes

extension KeystoreFile {
    /// The file as JSON text, named by a random UUID.
    func encoded(uuid: [UInt8]) -> [UInt8] {
        var members = [
            JSONMember("version", .number("3")), JSONMember("id", .string(text(of: uuid))),
        ]
        if let address {
            members.append(JSONMember("address", .string(address.hex)))
        }
        members.append(JSONMember("crypto", crypto))
        return JSONValue.object(members).encoded()
    }

    private var crypto: JSONValue {
        .object([
            JSONMember("cipher", .string("aes-128-ctr")),
            JSONMember("cipherparams", .object([hexMember("iv", initialValue)])),
            hexMember("ciphertext", ciphertext),
            JSONMember("kdf", .string(kdfName)),
            JSONMember("kdfparams", .object(kdfParameters)),
            hexMember("mac", mac.bytes),
        ])
    }

    private var kdfName: String {
        switch kdf {
        case .scrypt: "scrypt"
        case .pbkdf2: "pbkdf2"
        }
    }

    private var kdfParameters: [JSONMember] {
        let shared = [
            JSONMember("dklen", .number(String(KeystoreKDF.keyByteCount))),
            hexMember("salt", salt),
        ]
        switch kdf {
        case .scrypt(let n, let r, let p):
            return shared + [
                JSONMember("n", .number(String(n))), JSONMember("r", .number(String(r))),
                JSONMember("p", .number(String(p))),
            ]
        case .pbkdf2(let iterations):
            return shared + [
                JSONMember("c", .number(String(iterations))),
                JSONMember("prf", .string("hmac-sha256")),
            ]
        }
    }

    private func hexMember(_ name: String, _ bytes: [UInt8]) -> JSONMember {
        JSONMember(name, .string(Hex.encode(bytes)))
    }

    /// A UUID of version 4, variant 1 (RFC 9562 section 5.4), from 16 random bytes.
    private func text(of random: [UInt8]) -> String {
        var uuid = random
        uuid[6] = uuid[6] & 0x0f | 0x40
        uuid[8] = uuid[8] & 0x3f | 0x80
        let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { Hex.encode(Array(uuid[$0])) }
        return parts.joined(separator: "-")
    }
}
