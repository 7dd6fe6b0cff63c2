import Bytes
import EthCrypto
import TestSupport
import Testing

@Suite struct PasswordTests {
    /// Python's hashlib and PyCryptodome are the judges.
    @Test func keysCiphersAndSignaturesMatchTheOracle() throws {
        let lines = try PythonOracle.lines(
            "EthCryptoTests/Oracles/passwords.py", ["20261121", "150"])
        #expect(lines.count == 600)
        for line in lines {
            let field = line.split(separator: " ").map(String.init)
            switch field[0] {
            case "scrypt": try checkScrypt(field)
            case "pbkdf2": try checkPBKDF2(field)
            case "aes": try checkAES(field)
            default: try checkP256(field)
            }
        }
    }

    @Test(
        arguments: [
            (0, 8, 1), (1, 8, 1), (3, 8, 1), (1 << 18, 0, 1), (1 << 18, 8, 0), (1 << 18, 8, 65),
            (1 << 18, 64, 1), (1 << 63, 1, 1), (1 << 63, 1 << 63, 1), (1 << 16, 1, 1),
            (2, .max, .max),
        ] as [(UInt64, UInt64, UInt64)])
    func scryptParametersOutOfRangeAreRefused(n: UInt64, r: UInt64, p: UInt64) {
        #expect(throws: CryptoError.self) {
            try KeyDerivation.scrypt(password: [], salt: [], n: n, r: r, p: p, byteCount: 32)
        }
    }

    @Test func otherParametersOutOfRangeAreRefused() {
        for iterations in [0, EthCryptoLimits.pbkdf2IterationsMax + 1, .max] {
            #expect(throws: CryptoError.self) {
                try KeyDerivation.pbkdf2(
                    password: [], salt: [], iterations: iterations, byteCount: 32)
            }
        }
        let tooLong = [UInt8](repeating: 0, count: EthCryptoLimits.keyDerivationByteCountMax + 1)
        for (password, salt, byteCount) in [
            (tooLong, [], 32), ([], tooLong, 32), ([], [], 0), ([], [], -1),
            ([], [], tooLong.count),
        ] as [([UInt8], [UInt8], Int)] {
            #expect(throws: CryptoError.self) {
                try KeyDerivation.pbkdf2(
                    password: password, salt: salt, iterations: 1, byteCount: byteCount)
            }
        }
        for count in 0...40 where count != 16 {
            let wrong = [UInt8](repeating: 0, count: count)
            let right = [UInt8](repeating: 0, count: 16)
            #expect(throws: CryptoError.self) {
                try AES128CTR.apply(key: wrong.span, initialValue: right, to: right.span)
            }
            #expect(throws: CryptoError.self) {
                try AES128CTR.apply(key: right.span, initialValue: wrong, to: right.span)
            }
        }
    }

    @Test func comparisonIsByBytes() {
        var random = SeededRandom(seed: 5)
        for count in 0..<70 {
            let left = random.bytes(count)
            #expect(ConstantTime.areEqual(left, Array(left)))
            #expect(!ConstantTime.areEqual(left, left + [0]))
            for index in 0..<count {
                var right = left
                right[index] ^= 1 << UInt8(index % 8)
                #expect(!ConstantTime.areEqual(left, right))
            }
        }
    }

    @Test func clearedBytesAreGone() {
        var secret: [UInt8] = [1, 2, 3]
        let copy = SecretBytes(copying: secret.span)
        SecretBytes.clear(&secret)
        #expect(secret.isEmpty)
        #expect(copy.count == 3)
        #expect(copy.withBytes { [UInt8](copying: $0) } == [1, 2, 3])
    }

    private func checkScrypt(_ field: [String]) throws {
        let expected = try bytes(field[6])
        let key = try KeyDerivation.scrypt(
            password: bytes(field[1]), salt: bytes(field[2]), n: try #require(UInt64(field[3])),
            r: try #require(UInt64(field[4])), p: try #require(UInt64(field[5])),
            byteCount: expected.count)
        #expect(key.withBytes { [UInt8](copying: $0) } == expected)
    }

    private func checkPBKDF2(_ field: [String]) throws {
        let expected = try bytes(field[4])
        let key = try KeyDerivation.pbkdf2(
            password: bytes(field[1]), salt: bytes(field[2]),
            iterations: try #require(UInt64(field[3])), byteCount: expected.count)
        #expect(key.withBytes { [UInt8](copying: $0) } == expected)
    }

    private func checkAES(_ field: [String]) throws {
        let (key, initialValue) = (try bytes(field[1]), try bytes(field[2]))
        let (plain, encrypted) = (try bytes(field[3]), try bytes(field[4]))
        let output = try AES128CTR.apply(
            key: key.span, initialValue: initialValue, to: plain.span)
        #expect(output == encrypted)
    }

    private func checkP256(_ field: [String]) throws {
        let point = try bytes(field[1])
        let key = try P256PublicKey(point)
        let digest = try #require(Hash32(try bytes(field[2])))
        let r = try #require(Hash32(try bytes(field[3])))
        let s = try #require(Hash32(try bytes(field[4])))
        #expect(key.isValid(r: r, s: s, over: digest))
        #expect(!key.isValid(r: s, s: r, over: digest))
        #expect(!key.isValid(r: r, s: s, over: .zero))
        #expect(!key.isValid(r: .zero, s: s, over: digest))
        #expect(!key.isValid(r: r, s: .zero, over: digest))
        #expect(!key.isValid(r: r, s: UInt256.max.word, over: digest))
        var offCurve = point
        offCurve[64] ^= 1
        #expect(throws: CryptoError.self) { try P256PublicKey(offCurve) }
        #expect(throws: CryptoError.self) { try P256PublicKey(Array(point.dropLast())) }
        #expect(throws: CryptoError.self) { try P256PublicKey([2] + point.dropFirst()) }
    }

    private func bytes(_ field: String) throws -> [UInt8] {
        try #require(Hex.decode(String(field.dropFirst())))
    }
}
