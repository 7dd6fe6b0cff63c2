import Bytes
import EthCrypto
import TestSupport
import Testing

@Suite struct SignatureTests {
    /// eth-account is the judge: both sign after RFC 6979, so the bytes are equal.
    @Test func signaturesMatchTheOracle() throws {
        let lines = try PythonOracle.lines(
            "EthCryptoTests/Oracles/signatures.py", ["20261121", "1000"])
        #expect(lines.count == 1000)
        for line in lines {
            let field = line.split(separator: " ").map(String.init)
            let key = try PrivateKey(try #require(Hex.decode(field[0])))
            #expect(key.address.description == field[1])
            let digest = try #require(Hash32(hex: field[2]))
            let signature = key.sign(digest)
            #expect(Hex.encode(signature.bytes65) == field[3])
            #expect(try signature.recoverAddress(digest) == key.address)
            for spelling in spellings(of: signature) {
                #expect(try RecoverableSignature(parsing: spelling) == signature)
            }
        }
    }

    @Test func everyOtherLengthAndRecoveryByteIsRefused() throws {
        let signature = try sample()
        for count in 0...130 where count != 64 && count != 65 {
            let bytes = Array((signature.bytes65 + signature.bytes65).prefix(count))
            #expect(throws: SignatureError.wrongByteCount(count)) {
                try RecoverableSignature(parsing: bytes)
            }
        }
        for v in UInt8.min...UInt8.max where ![0, 1, 27, 28].contains(v) {
            var bytes = signature.bytes65
            bytes[64] = v
            #expect(throws: SignatureError.invalidRecoveryByte(v)) {
                try RecoverableSignature(parsing: bytes)
            }
        }
    }

    @Test func partsOutOfRangeAreRefused() throws {
        let good = try sample()
        let order = Secp256k1.order
        let above = order.addingReportingOverflow(UInt256(1)).sum
        for bad in [UInt256.zero, order, above, .max] {
            #expect(throws: SignatureError.rOutOfRange) {
                try RecoverableSignature(r: bad.word, s: good.s, recoveryID: 0)
            }
            #expect(throws: SignatureError.sOutOfRange) {
                try RecoverableSignature(r: good.r, s: bad.word, recoveryID: 0)
            }
        }
        let half = Secp256k1.halfOrder
        _ = try RecoverableSignature(r: good.r, s: half.word, recoveryID: 0)
        let firstHigh = half.addingReportingOverflow(UInt256(1)).sum
        let mirrored = order.subtractingReportingOverflow(UInt256(good.s)).difference
        let last = order.subtractingReportingOverflow(UInt256(1)).difference
        for high in [firstHigh, mirrored, last] {
            #expect(throws: SignatureError.highS) {
                try RecoverableSignature(r: good.r, s: high.word, recoveryID: 1)
            }
        }
        #expect(half.addingReportingOverflow(firstHigh).sum == order)
    }

    /// Every changed bit gives a refusal or somebody else's address, never the signer's.
    @Test func changedBitsNeverRecoverTheSigner() throws {
        let key = try PrivateKey([UInt8](repeating: 7, count: 32))
        let digest = Keccak256.hash(Array("message".utf8))
        let bytes = key.sign(digest).bytes65
        for bit in 0..<(65 * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            do {
                let address = try RecoverableSignature(parsing: changed).recoverAddress(digest)
                #expect(address != key.address)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test func anRThatIsNoCoordinateIsUnrecoverable() throws {
        // x = 5 is on no point of y^2 = x^3 + 7 over this field.
        let signature = try RecoverableSignature(
            r: UInt256(5).word, s: UInt256(1).word, recoveryID: 0)
        #expect(throws: SignatureError.unrecoverable) { try signature.recoverAddress(.zero) }
    }

    @Test func badPrivateKeysAreRefused() {
        let order = Secp256k1.order.word.bytes
        let bad: [[UInt8]] = [
            [], [1], .init(repeating: 0, count: 32), order, .init(repeating: 255, count: 32),
            .init(repeating: 1, count: 31), .init(repeating: 1, count: 33),
        ]
        for bytes in bad {
            #expect(throws: CryptoError.invalidPrivateKey) { try PrivateKey(bytes) }
        }
    }

    private func sample() throws -> RecoverableSignature {
        try PrivateKey([UInt8](repeating: 9, count: 32)).sign(Keccak256.hash([1, 2, 3]))
    }

    /// v as 27/28, v as 0/1, and EIP-2098.
    private func spellings(of signature: RecoverableSignature) -> [[UInt8]] {
        var zeroBased = signature.bytes65
        zeroBased[64] -= 27
        return [signature.bytes65, zeroBased, signature.bytes64]
    }
}
