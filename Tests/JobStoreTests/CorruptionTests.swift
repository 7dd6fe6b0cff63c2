import Bytes
import EthCrypto
import JobEngine
import PostingEngine
import Testing

@testable import JobStore

/// A store that was changed by anybody but its committer is refused, and the key is named.
struct CorruptionTests {
    /// One PENDING job, one RUNNING, one DONE and posted, one RELAYED.
    private func filled() async throws -> (StoreFixture, [JobID]) {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        var ids: [JobID] = []
        for nonce in 1...4 as ClosedRange<UInt64> {
            ids.append(try await store.submit(try StoreFixture.candidate(nonce: nonce)).jobID)
        }
        _ = try await store.claim(countMax: 3)
        for id in ids.prefix(2) {
            let view = try #require(try store.job(id))
            try await store.finish(id, fixture.success(of: view))
        }
        try await store.persist(
            PostingBatch(
                id: 1,
                outcomes: [
                    PostingOutcome(jobID: ids[0], ending: .relayed(transactionHash: nil))
                ]))
        store.close()
        return (fixture, ids)
    }

    private func edit(
        _ fixture: StoreFixture, _ change: (RocksDatabase, inout WriteBatch) throws -> Void
    ) throws {
        let database = try RocksDatabase(
            path: fixture.path, limits: JobStoreLimits(), isReadOnly: false)
        defer { database.close() }
        var batch = database.makeBatch()
        try change(database, &batch)
        try database.write(batch, isSynced: true)
    }

    private func expectRefused(
        _ fixture: StoreFixture, naming key: [UInt8], in family: String,
        _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let report = try fixture.check()
        #expect(
            report.violations.contains { $0.key == Hex.encode(key) && $0.family == family },
            "\(comment): \(report.violations)", sourceLocation: sourceLocation)
        do throws(JobStoreError) {
            var configuration = JobStoreConfiguration(path: fixture.path)
            configuration.expectedOperator = fixture.operatorKey.address
            try JobStore(configuration).close()
            Issue.record("\(comment): opened", sourceLocation: sourceLocation)
        } catch {
            guard case .untrusted(let violation, _) = error else {
                Issue.record("\(comment): \(error)", sourceLocation: sourceLocation)
                return
            }
            #expect(error.description.contains(violation.key))
        }
    }

    @Test func theUntouchedStoreIsGood() async throws {
        let (fixture, ids) = try await filled()
        let report = try fixture.check()
        #expect(report.violations == [])
        #expect(report.jobCount == 4)
        #expect(report.liveJobCount == 3)
        #expect(report.programCount == 1)
        let store = try fixture.open()
        #expect(try store.job(ids[0])?.status == .relayed)
        store.close()
    }

    @Test func everyDamagedValueIsNamed() async throws {
        let (_, sample) = try await filled()
        let consumer = StoreFixture.consumer()
        let keys: [(ColumnFamily, [UInt8])] = [
            (.jobs, StoreKey.job(.record, sample[0])), (.jobs, StoreKey.job(.record, sample[3])),
            (.jobs, StoreKey.job(.request, sample[2])),
            (.jobs, StoreKey.job(.output, sample[1])), (.nonces, StoreKey.nonce(consumer, 1)),
            (.queue, StoreKey.queue(3)), (.outbox, StoreKey.outbox(sample[1])),
            (.programs, StoreKey.program(StoreFixture.programID)), (.meta, StoreKey.format),
        ]
        for (family, key) in keys {
            let (fixture, _) = try await filled()
            try edit(fixture) { database, batch in
                var value = try #require(try database.value(family, key))
                value[value.count / 2] ^= 0x10
                batch.put(family, key, value)
            }
            try expectRefused(fixture, naming: key, in: family.name, "\(family) damaged")
        }
    }

    @Test func missingAndDoubledEntriesAreNamed() async throws {
        let (_, ids) = try await filled()
        let consumer = StoreFixture.consumer()
        let pending = StoreKey.job(.record, ids[3])
        let posted = StoreKey.job(.record, ids[1])
        typealias Change = (RocksDatabase, inout WriteBatch) throws -> Void
        let cases: [(Comment, [UInt8], String, Change)] = [
            ("queue entry lost", pending, "jobs", { $1.delete(.queue, StoreKey.queue(3)) }),
            ("posting lost", posted, "jobs", { $1.delete(.outbox, StoreKey.outbox(ids[1])) }),
            (
                "nonce lost", pending, "jobs",
                { $1.delete(.nonces, StoreKey.nonce(consumer, 4)) }
            ),
            (
                "job lost", StoreKey.nonce(consumer, 1), "nonces",
                { $1.delete(.jobs, StoreKey.job(.record, ids[0])) }
            ),
            (
                "result lost", StoreKey.job(.output, ids[1]), "jobs",
                { $1.delete(.jobs, StoreKey.job(.output, ids[1])) }
            ),
            (
                "queued twice", StoreKey.queue(99), "queue",
                { $1.put(.queue, StoreKey.queue(99), StoredForms.queueEntry(ids[3])) }
            ),
            (
                "done and queued", StoreKey.queue(1), "queue",
                { $1.put(.queue, StoreKey.queue(1), StoredForms.queueEntry(ids[1])) }
            ),
            (
                "relayed and posted", StoreKey.outbox(ids[0]), "outbox",
                { database, batch in
                    let value = try #require(
                        try database.value(.outbox, StoreKey.outbox(ids[1])))
                    batch.put(.outbox, StoreKey.outbox(ids[0]), value)
                }
            ),
            (
                "nonce of another request", StoreKey.nonce(consumer, 2), "nonces",
                {
                    let entry = NonceEntry(jobID: ids[1], requestHash: .zero)
                    $1.put(.nonces, StoreKey.nonce(consumer, 2), entry.encoded())
                }
            ),
            (
                "a layout of the future", StoreKey.format, "meta",
                { $1.put(.meta, StoreKey.format, StoredForms.integer(2)) }
            ),
            ("no layout", StoreKey.format, "meta", { $1.delete(.meta, StoreKey.format) }),
        ]
        for (comment, key, family, change) in cases {
            let (fixture, _) = try await filled()
            try edit(fixture, change)
            try expectRefused(fixture, naming: key, in: family, comment)
        }
    }

    @Test func forgedResultsAndTwiceUsedAccountNoncesAreNamed() async throws {
        let (fixture, ids) = try await filled()
        let reader = try fixture.open()
        let view = try #require(try reader.job(ids[1]))
        let record = try #require(try reader.posting(of: ids[1]))
        reader.close()
        let stranger = try PrivateKey([UInt8](repeating: 3, count: 32))
        let forged = JobOutput(
            of: view.record, onchainInput: view.onchainInput, programOutput: [42],
            operatorKey: stranger)
        let key = StoreKey.job(.output, ids[1])
        try edit(fixture) { _, batch in batch.put(.jobs, key, forged.encodedForStore()) }
        try expectRefused(fixture, naming: key, in: "jobs", "signed by a stranger")
        let trusting = try StoreCheck.run(path: fixture.path, expectedOperator: nil)
        #expect(trusting.violations == [])

        let (second, _) = try await filled()
        var live = record
        let transaction = LiveTransaction(
            nonce: 4, gasLimit: 1,
            attempts: [
                TransactionAttempt(
                    purpose: .call, fees: Fees(feePerGasMax: 1, priorityFeePerGasMax: 1),
                    hash: .zero)
            ])
        live.state = .live(transaction)
        let account = AccountRecord(
            address: StoreFixture.consumer(), chainID: 1, nextNonce: 5, gapFillers: [transaction])
        try edit(second) { _, batch in
            batch.put(.outbox, StoreKey.outbox(ids[1]), StoredForms.bytes(live.encoded()))
            batch.put(
                .chain, StoreKey.account(account.address, chainID: 1),
                StoredForms.bytes(account.encoded()))
        }
        try expectRefused(
            second, naming: StoreKey.outbox(ids[1]), in: "outbox", "account nonce used twice")
    }

    /// What the start does not read, for speed, the check finds.
    @Test func theCheckReadsWhatTheStartDoesNot() async throws {
        let (_, ids) = try await filled()
        let elf = StoreKey.elf(SHA256.hash([1, 2, 3] as [UInt8]))
        let stranger = StoreKey.job(.inputs, JobID(Hash32(words: 1, 1, 1, 1)))
        typealias Change = (RocksDatabase, inout WriteBatch) throws -> Void
        let cases: [([UInt8], String, Change)] = [
            (
                StoreKey.job(.inputs, ids[3]), "jobs",
                { $1.delete(.jobs, StoreKey.job(.inputs, ids[3])) }
            ),
            (
                StoreKey.job(.output, ids[0]), "jobs",
                { $1.delete(.jobs, StoreKey.job(.output, ids[0])) }
            ),
            (elf, "programs", { $1.put(.programs, elf, StoredForms.elf([9])) }),
            (
                stranger, "jobs",
                {
                    let inputs = JobInputs(offchainInput: [1], state: [])
                    $1.put(.jobs, stranger, inputs.encodedForStore())
                }
            ),
        ]
        for (key, family, change) in cases {
            let (fixture, _) = try await filled()
            try edit(fixture, change)
            let report = try fixture.check()
            #expect(report.violations.map(\.key) == [Hex.encode(key)])
            #expect(report.violations.map(\.family) == [family])
        }
    }

    @Test func aDamagedTableFileIsAnErrorNotAnAnswer() async throws {
        let (fixture, ids) = try await filled()
        try edit(fixture) { _, batch in
            batch.put(.jobs, StoreKey.job(.request, ids[3]), [1, 2, 3])
        }
        let database = try RocksDatabase(
            path: fixture.path, limits: JobStoreLimits(), isReadOnly: true)
        let reader = StoreReader(database: database)
        #expect(throws: JobStoreError.self) { try reader.view(ids[3]) }
        database.close()
    }
}
