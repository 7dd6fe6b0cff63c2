import Bytes
import EthCrypto
import EthereumCodec
import TestSupport
import Testing

@Suite struct TransactionTests {
    /// eth-account is the judge of the bytes, the hash and the sender.
    @Test func signedTransactionsMatchTheOracle() throws {
        for sample in try TransactionSample.load(seed: 20_261_121, count: 1000) {
            #expect(sample.signed.raw == sample.raw)
            #expect(sample.signed.hash.hex == sample.hash)
            let decoded = try SignedTransaction(decoding: sample.raw)
            #expect(decoded == sample.signed)
            #expect(try decoded.sender() == sample.sender)
        }
    }

    @Test func everyTruncationAndExtensionIsRefused() throws {
        for sample in try TransactionSample.load(seed: 2, count: 40) where sample.raw.count < 800 {
            for count in 0..<sample.raw.count {
                let cut = Array(sample.raw[..<count])
                #expect(throws: TransactionError.self) { try SignedTransaction(decoding: cut) }
            }
            let longer = sample.raw + [0x80]
            #expect(throws: TransactionError.self) { try SignedTransaction(decoding: longer) }
        }
    }

    /// Every changed byte is refused or part of another transaction's one encoding.
    @Test func everyFlippedBitIsRefusedOrAnotherCanonicalEncoding() throws {
        for sample in try TransactionSample.load(seed: 3, count: 20) where sample.raw.count < 500 {
            for bit in 0..<(8 * sample.raw.count) {
                var changed = sample.raw
                changed[bit / 8] ^= 0x80 >> UInt8(bit % 8)
                guard let decoded = try? SignedTransaction(decoding: changed) else { continue }
                #expect(reencoded(decoded) == changed)
                #expect(decoded.hash != sample.signed.hash)
            }
        }
    }

    /// Header bytes with lengths of every size in random order: it answers, whatever they are.
    @Test func headerSoupNeverTraps() {
        var random = SeededRandom(seed: 4)
        let heads: [UInt8] = [
            0, 1, 0x7f, 0x80, 0x81, 0xa0, 0xb7, 0xb8, 0xbf, 0xc0, 0xc1, 0xf7, 0xf8, 0xff,
        ]
        for _ in 0..<50_000 {
            var soup: [UInt8] = [UInt8.random(in: 0...3, using: &random)]
            for _ in 0..<Int.random(in: 0...24, using: &random) {
                soup.append(heads[Int.random(in: 0..<heads.count, using: &random)])
            }
            #expect(throws: TransactionError.self) { try SignedTransaction(decoding: soup) }
        }
    }

    @Test(
        arguments: [
            ([], TransactionError.unsupportedType(nil)),
            ([0], .unsupportedType(0)),
            ([3, 0xc0], .unsupportedType(3)),
            ([2], .encoding(.truncated(field: "transaction"))),
            ([2, 0x80], .encoding(.wrongKind(field: "transaction"))),
            ([2, 0xc0], .encoding(.truncated(field: "chainId"))),
            ([2, 0xc0, 0], .encoding(.trailingBytes(field: "transaction"))),
            ([2, 0xc1, 0xc0], .encoding(.wrongKind(field: "chainId"))),
            ([2, 0xc1, 0x00], .encoding(.nonCanonical(field: "chainId"))),
            ([2, 0xc2, 0x81, 0x7f], .encoding(.nonCanonical(field: "chainId"))),
            ([2, 0xf8, 0x01, 0x80], .encoding(.nonCanonical(field: "transaction"))),
            ([2, 0xf9, 0x00, 0x40], .encoding(.nonCanonical(field: "transaction"))),
            (
                [2, 0xff, 255, 255, 255, 255, 255, 255, 255, 255],
                .encoding(.truncated(field: "transaction"))
            ),
            (
                [2, 0xca, 0x89, 1, 2, 3, 4, 5, 6, 7, 8, 9],
                .encoding(.valueOutOfRange(field: "chainId"))
            ),
        ] as [([UInt8], TransactionError)])
    func errorsNameTheFieldAndTheRule(raw: [UInt8], expected: TransactionError) {
        #expect(throws: expected) { try SignedTransaction(decoding: raw) }
        #expect(!expected.description.isEmpty)
    }

    @Test func transactionsOverTheLimitAreRefused() {
        let byteCountMax = EthereumCodecLimits.transactionByteCountMax
        let raw = [2] + [UInt8](repeating: 0, count: byteCountMax)
        let expected = RLPError.tooLong(byteCountMax: byteCountMax)
        #expect(throws: TransactionError.encoding(expected)) {
            try SignedTransaction(decoding: raw)
        }
    }

    /// The bytes written anew from the decoded parts.
    private func reencoded(_ signed: SignedTransaction) -> [UInt8] {
        var list = RLPWriter()
        switch signed.transaction {
        case .accessList(let transaction):
            list.append(transaction.chainID)
            list.append(transaction.nonce)
            list.append(transaction.gasPrice)
            append(
                transaction.gasLimit, transaction.to, transaction.value, transaction.data,
                transaction.accessList, to: &list)
        case .dynamicFee(let transaction):
            list.append(transaction.chainID)
            list.append(transaction.nonce)
            list.append(transaction.maxPriorityFeePerGas)
            list.append(transaction.maxFeePerGas)
            append(
                transaction.gasLimit, transaction.to, transaction.value, transaction.data,
                transaction.accessList, to: &list)
        }
        list.append(UInt64(signed.signature.recoveryID))
        list.append(UInt256(signed.signature.r))
        list.append(UInt256(signed.signature.s))
        return [signed.transaction.typeByte] + list.finish()
    }

    private func append(
        _ gasLimit: UInt64, _ to: Address?, _ value: UInt256, _ data: [UInt8],
        _ accessList: [AccessListEntry], to list: inout RLPWriter
    ) {
        list.append(gasLimit)
        list.append(to)
        list.append(value)
        list.append(data)
        var entries = RLPWriter()
        for entry in accessList {
            var keys = RLPWriter()
            entry.storageKeys.forEach { keys.append($0) }
            var item = RLPWriter()
            item.append(entry.address)
            item.append(list: keys)
            entries.append(list: item)
        }
        list.append(list: entries)
    }
}
