import Bytes
import EthCrypto
import EthereumCodec
import TestSupport
import Testing

@Suite struct KeystoreTests {
    private let quick = KeystoreKDF.pbkdf2(iterations: 3)
    private let secret = [UInt8](repeating: 0x17, count: 32)

    /// Files that eth-account wrote, one of them at its full cost.
    @Test func filesOfTheOracleAreRead() throws {
        let lines = try PythonOracle.lines(
            "EthereumCodecTests/Oracles/keystores.py", ["write", "20261121", "12"])
        #expect(lines.count == 12)
        for line in lines {
            let field = line.split(separator: " ", maxSplits: 2).map(String.init)
            let (json, password) = (Array(field[2].utf8), try bytes(field[1]))
            #expect(Hex.encode(try KeystoreV3.decrypt(json: json, password: password)) == field[0])
            let key = try KeystoreV3.privateKey(json: json, password: password)
            #expect(field[2].lowercased().contains(key.address.hex))
            #expect(throws: KeystoreError.wrongPassword) {
                try KeystoreV3.decrypt(json: json, password: password + [0x41])
            }
        }
    }

    /// Files that we wrote, read by eth-account.
    @Test func theOracleReadsOurFiles() throws {
        var random = SeededRandom(seed: 20_261_121)
        let kdfs: [KeystoreKDF] = [
            .pbkdf2(iterations: 1), .pbkdf2(iterations: 2000), .scrypt(n: 2, r: 1, p: 1),
            .scrypt(n: 4096, r: 8, p: 1), .scrypt(n: 1024, r: 2, p: 3),
        ]
        var input = ""
        var expected: [String] = []
        for round in 0..<25 {
            let secret = random.bytes(32)
            let password = Array(String(repeating: "pä\"ss", count: round % 4).utf8)
            let file = try KeystoreV3.encrypt(
                secret: secret, password: password, kdf: kdfs[round % kdfs.count],
                salt: random.bytes(32), iv: random.bytes(16), uuid: random.bytes(16))
            #expect(try KeystoreV3.decrypt(json: file, password: password) == secret)
            input += "x\(Hex.encode(password)) \(String(decoding: file, as: UTF8.self))\n"
            expected.append(Hex.encode(secret))
        }
        let lines = try PythonOracle.lines(
            "EthereumCodecTests/Oracles/keystores.py", ["read"], input: input)
        #expect(lines == expected)
    }

    /// The JSON form of the UUID is that of version 4, whatever the random bytes are.
    @Test func filesHaveAnIdentifierAndAnAddress() throws {
        let file = try JSONValue(parsing: sample())
        #expect(file["id"]?.asString == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(file["version"]?.asUInt64 == 3)
        #expect(file["address"]?.asString == (try PrivateKey(secret)).address.hex)
    }

    @Test func wrongSizesAreNotWritten() throws {
        for (salt, iv, uuid, key) in [
            (31, 16, 16, 32), (32, 15, 16, 32), (32, 16, 17, 32), (32, 16, 16, 31), (32, 16, 16, 0),
        ] {
            #expect(throws: KeystoreError.self) {
                try KeystoreV3.encrypt(
                    secret: [UInt8](repeating: 1, count: key), password: [], kdf: quick,
                    salt: .init(repeating: 0, count: salt), iv: .init(repeating: 0, count: iv),
                    uuid: .init(repeating: 0, count: uuid))
            }
        }
    }

    @Test func everyTruncationIsRefused() throws {
        let file = try sample()
        for count in 0..<file.count {
            #expect(throws: KeystoreError.self) {
                try KeystoreV3.decrypt(json: Array(file[..<count]), password: [])
            }
        }
    }

    /// Every changed byte is refused or does not matter: the identifier, or the case of a digit.
    @Test func everyFlippedBitIsRefusedOrHarmless() throws {
        let file = try sample()
        var accepted = 0
        for bit in 0..<(8 * file.count) {
            var changed = file
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let found = try? KeystoreV3.decrypt(json: changed, password: []) else { continue }
            accepted += 1
            #expect(found == secret)
        }
        #expect(accepted < 8 * file.count / 4)
    }

    /// Each member replaced and removed: the error names it.
    @Test(arguments: [
        ("\"version\":3", "\"version\":4", "version"),
        ("\"version\":3", "\"version\":\"3\"", "version"),
        ("\"version\":3", "\"version\":3.0", "version"),
        ("\"crypto\"", "\"krypto\"", "crypto"),
        ("aes-128-ctr", "aes-128-cbc", "cipher"),
        ("\"cipher\":", "\"zipher\":", "cipher"),
        ("\"iv\":\"", "\"iv\":\"00", "iv"),
        ("\"iv\":\"00", "\"iv\":\"zz", "iv"),
        ("\"ciphertext\":\"", "\"ciphertext\":\"00", "ciphertext"),
        ("\"mac\":\"", "\"mac\":\"0", "mac"),
        ("\"kdf\":\"pbkdf2\"", "\"kdf\":\"argon2\"", "kdf"),
        ("\"kdf\":\"pbkdf2\"", "\"kdf\":7", "kdf"),
        ("\"kdf\":\"pbkdf2\"", "\"kdf\":\"scrypt\"", "n"),
        ("\"dklen\":32", "\"dklen\":64", "dklen"),
        ("\"c\":3", "\"c\":-3", "c"),
        ("\"c\":3", "\"c\":1e3", "c"),
        ("\"c\":3", "\"c\":0", "iterations"),
        ("\"c\":3", "\"c\":18446744073709551616", "c"),
        ("hmac-sha256", "hmac-sha512", "prf"),
        ("\"address\":\"", "\"address\":\"0", "address"),
        ("\"salt\":\"00", "\"salt\":\"0", "salt"),
    ])
    func wrongMembersAreNamed(text: String, replacement: String, name: String) throws {
        let file = String(decoding: try sample(), as: UTF8.self)
        let parts = file.split(separator: text, maxSplits: 1, omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        let changed = Array((parts[0] + replacement + parts[1]).utf8)
        do throws(KeystoreError) {
            _ = try KeystoreV3.decrypt(json: changed, password: [])
            Issue.record("\(replacement) was accepted")
        } catch {
            #expect(error.description.contains("keystore: \(name)"))
        }
    }

    @Test func anotherAccountsAddressIsRefused() throws {
        let file = String(decoding: try sample(), as: UTF8.self)
        let own = try PrivateKey(secret).address.hex
        let other = String(repeating: "0", count: 40)
        let parts = file.split(separator: own, maxSplits: 1)
        let changed = Array((parts[0] + other + parts[1]).utf8)
        #expect(throws: KeystoreError.addressMismatch) {
            try KeystoreV3.decrypt(json: changed, password: [])
        }
    }

    private func sample() throws -> [UInt8] {
        try KeystoreV3.encrypt(
            secret: secret, password: [], kdf: quick, salt: .init(repeating: 0, count: 32),
            iv: .init(repeating: 0, count: 16), uuid: .init(repeating: 255, count: 16))
    }
}
