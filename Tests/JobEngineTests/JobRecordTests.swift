import Bytes
import JobEngine
import TestSupport
import Testing

struct JobRecordTests {
    private func randomRecord(_ random: inout SeededRandom) throws -> JobRecord {
        let identity = JobRecord.Identity(
            id: try #require(JobID(random.bytes(32))),
            origin: try #require(JobOrigin.allCases.randomElement(using: &random)),
            relayStrategy: Bool.random(using: &random) ? .ordered : .unordered,
            nonce: random.next(), consumer: try #require(Address(random.bytes(20))),
            programID: try #require(ProgramID(random.bytes(32))), maxCycles: random.next(),
            signer: try #require(Address(random.bytes(20))),
            requestHash: try #require(Hash32(random.bytes(32))),
            offchainInputHash: try #require(Hash32(random.bytes(32))),
            stateHash: Bool.random(using: &random) ? Hash32(random.bytes(32)) : nil)
        var record = JobRecord(
            identity, sequence: random.next() >> 1, at: 5,
            expiresAt: Bool.random(using: &random) ? random.next() : nil)
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let event = try #require(JobLifecycleTests.events.randomElement(using: &random)).event
            // Refused events leave the record as it was, which is fine here.
            try? record.apply(event, at: random.next() >> 1, interruptionCountMax: 2)
        }
        return record
    }

    @Test func everyRecordComesBack() throws {
        var random = SeededRandom(seed: 11)
        var statuses: Set<JobStatus> = []
        for _ in 0..<5_000 {
            let record = try randomRecord(&random)
            statuses.insert(record.status)
            #expect(try JobRecord(decoding: record.encoded().span) == record, "seed 11")
        }
        #expect(statuses.count >= 5, "the schedule reaches most states: \(statuses)")
    }

    @Test func noTruncationAndNoFlippedBitIsRead() throws {
        var random = SeededRandom(seed: 12)
        for _ in 0..<20 {
            let bytes = try randomRecord(&random).encoded()
            for count in 0..<bytes.count {
                #expect(throws: StoredValueError.self) {
                    try JobRecord(decoding: bytes.span.extracting(..<count))
                }
            }
            for bit in 0..<bytes.count * 8 {
                var damaged = bytes
                damaged[bit / 8] ^= 1 << (bit % 8)
                #expect(throws: StoredValueError.self) { try JobRecord(decoding: damaged.span) }
            }
        }
    }

    /// With a checksum that fits, the fields themselves must be refused or come back as they are.
    @Test func randomPayloadsNeverTrap() throws {
        var random = SeededRandom(seed: 13)
        let good = try randomRecord(&random).encoded()
        for _ in 0..<20_000 {
            var payload = Array(good[1..<(good.count - 4)])
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                payload[Int.random(in: payload.indices, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            let count = Int.random(in: 0...payload.count, using: &random)
            if Bool.random(using: &random) { payload = Array(payload.prefix(count)) }
            let value = StoredValue.framed(version: 1) { $0.append(contentsOf: payload) }
            if let record = try? JobRecord(decoding: value.span) {
                #expect(record.encoded() == value, "seed 13")
            }
        }
    }

    @Test func partsComeBack() throws {
        var random = SeededRandom(seed: 14)
        for count in [0, 1, 31, 32, 33, 5_000] {
            let request = JobRequest(
                encoded: random.bytes(count), signature: random.bytes(count == 0 ? 0 : 65))
            #expect(try JobRequest(decoding: request.encodedForStore().span) == request)
            let inputs = JobInputs(
                offchainInput: random.bytes(count), state: random.bytes(count / 2))
            #expect(try JobInputs(decoding: inputs.encodedForStore().span) == inputs)
            let output = JobOutput(
                resultWithMetadata: random.bytes(count), operatorSignature: random.bytes(65),
                operatorAddress: try #require(Address(random.bytes(20))))
            #expect(try JobOutput(decoding: output.encodedForStore().span) == output)
            let entry = NonceEntry(
                jobID: try #require(JobID(random.bytes(32))),
                requestHash: try #require(Hash32(random.bytes(32))))
            #expect(try NonceEntry(decoding: entry.encoded().span) == entry)
            let program = ProgramRecord(
                id: try #require(ProgramID(random.bytes(32))), vm: 1,
                computedID: try #require(ProgramID(random.bytes(32))),
                elfHash: try #require(Hash32(random.bytes(32))), elfByteCount: UInt32(count),
                submittedAt: random.next())
            #expect(try ProgramRecord(decoding: program.encoded().span) == program)
        }
    }

    @Test func aNewerVersionIsNamed() throws {
        let value = StoredValue.framed(version: 2) { $0.append(1) }
        #expect(throws: StoredValueError.unknownVersion(2)) {
            try JobRecord(decoding: value.span)
        }
    }

    /// RFC 3720 section B.4, and the check value of the catalogue of CRC algorithms.
    @Test func checksumsAreCRC32C() {
        func checksum(_ bytes: [UInt8]) -> UInt32 { CRC32C.checksum(bytes.span) }
        #expect(checksum(Array("123456789".utf8)) == 0xe306_9283)
        #expect(checksum([UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
        #expect(checksum([UInt8](repeating: 255, count: 32)) == 0x62a8_ab43)
        #expect(checksum(Array(0..<32)) == 0x46dd_794e)
        #expect(checksum(Array((0..<32).reversed())) == 0x113f_db5c)
        #expect(checksum([]) == 0)
    }
}
