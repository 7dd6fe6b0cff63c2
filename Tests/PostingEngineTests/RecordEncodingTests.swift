import Bytes
import TestSupport
import Testing

@testable import PostingEngine

@Suite("records of the outbox and of the account")
struct RecordEncodingTests {
    @Test("what was written is read back", arguments: 1...200)
    func roundTrip(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let record = random.record()
        #expect(try PostingRecord(decoding: record.encoded()) == record)
        let account = random.account()
        #expect(try AccountRecord(decoding: account.encoded()) == account)
    }

    @Test("the layout of version 1 does not move")
    func layout() throws {
        let attempt = TransactionAttempt(
            purpose: .filler, fees: Fees(feePerGasMax: 7, priorityFeePerGasMax: 5),
            hash: Hash32(words: 0, 0, 0, 9))
        let posting = Posting(
            jobID: JobID(Hash32(words: 0, 0, 0, 1)), consumer: Address(words: 0, 0, 2), jobNonce: 3,
            isOrdered: true, kind: .onchainResult, contract: Address(words: 0, 0, 4),
            createdAtMilliseconds: 5, calldata: [0xaa, 0xbb])
        let live = LiveTransaction(
            nonce: 6, gasLimit: 8, attempts: [attempt], abandonReason: "x")
        let record = PostingRecord(posting: posting, failureCount: 9, state: .live(live))
        let zeros = { (count: Int) in String(repeating: "00", count: count) }
        let expected =
            "01" + zeros(31) + "01" + zeros(19) + "02" + zeros(7) + "03" + "01" + "01"
            + zeros(19) + "04" + zeros(7) + "05" + zeros(3) + "09"
            + "01" + zeros(7) + "06" + zeros(7) + "08" + "01" + zeros(3) + "0178" + "01"
            + "01" + zeros(7) + "07" + zeros(7) + "05" + zeros(31) + "09"
            + zeros(3) + "02aabb"
        #expect(Hex.encode(record.encoded()) == expected)
    }

    @Test("every truncation and every trailing byte is refused", arguments: 1...20)
    func truncation(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let record = random.record().encoded()
        for count in 0..<record.count {
            #expect(throws: PostingRecordError.self) {
                try PostingRecord(decoding: Array(record[..<count]))
            }
        }
        #expect(throws: PostingRecordError.trailingBytes) {
            try PostingRecord(decoding: record + [0])
        }
        let account = random.account().encoded()
        for count in 0..<account.count {
            #expect(throws: PostingRecordError.self) {
                try AccountRecord(decoding: Array(account[..<count]))
            }
        }
        #expect(throws: PostingRecordError.trailingBytes) {
            try AccountRecord(decoding: account + [0])
        }
    }

    @Test("a damaged byte is refused or read as another record, never a trap", arguments: 1...20)
    func damage(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let bytes = random.record().encoded()
        for index in bytes.indices {
            var damaged = bytes
            damaged[index] ^= UInt8(truncatingIfNeeded: random.next() | 1)
            if let read = try? PostingRecord(decoding: damaged) {
                #expect(read.encoded() == damaged)
            }
        }
    }

    @Test("versions, flags and priorities that no record has")
    func invalidFields() {
        var random = SeededRandom(seed: 5)
        var bytes = PostingRecord(posting: random.posting()).encoded()
        bytes[0] = 2
        #expect(throws: PostingRecordError.unknownVersion(2)) { try PostingRecord(decoding: bytes) }
        bytes[0] = 1
        bytes[61] = 2
        #expect(throws: PostingRecordError.invalidField(.ordered)) {
            try PostingRecord(decoding: bytes)
        }
        let attempt = TransactionAttempt(
            purpose: .call, fees: Fees(feePerGasMax: 1, priorityFeePerGasMax: 2), hash: .zero)
        let live = LiveTransaction(nonce: 0, gasLimit: 0, attempts: [attempt])
        let record = PostingRecord(posting: random.posting(), state: .live(live))
        #expect(throws: PostingRecordError.invalidField(.fees)) {
            try PostingRecord(decoding: record.encoded())
        }
    }
}
