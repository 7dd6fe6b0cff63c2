internal import Bytes
internal import JobEngine
internal import PostingEngine

/// Typed reads; every value that cannot be read is named by its key.
struct StoreReader: Sendable {
    let database: RocksDatabase

    func record(_ id: JobID) throws(JobStoreError) -> JobRecord? {
        try decoded(.jobs, StoreKey.job(.record, id)) { value throws(StoredValueError) in
            try JobRecord(decoding: value)
        }
    }

    func request(_ id: JobID) throws(JobStoreError) -> JobRequest? {
        try decoded(.jobs, StoreKey.job(.request, id)) { value throws(StoredValueError) in
            try JobRequest(decoding: value)
        }
    }

    /// The inputs of a job; empty ones are not stored.
    func inputs(_ id: JobID) throws(JobStoreError) -> JobInputs? {
        try decoded(.jobs, StoreKey.job(.inputs, id)) { value throws(StoredValueError) in
            try JobInputs(decoding: value)
        }
    }

    func output(_ id: JobID) throws(JobStoreError) -> JobOutput? {
        try decoded(.jobs, StoreKey.job(.output, id)) { value throws(StoredValueError) in
            try JobOutput(decoding: value)
        }
    }

    /// A job with all that is shown of it; nil when there is no such job.
    func view(_ id: JobID) throws(JobStoreError) -> JobView? {
        guard let record = try record(id) else { return nil }
        let key = StoreKey.job(.request, id)
        guard let request = try request(id) else {
            throw .corrupted(violation(.jobs, key, "the request of the job is missing"))
        }
        let output = try output(id)
        do throws(StoredValueError) {
            return try JobView(record: record, request: request, output: output)
        } catch {
            throw .corrupted(violation(.jobs, key, error.description))
        }
    }

    func nonceEntry(
        _ consumer: Address, _ nonce: UInt64
    ) throws(JobStoreError) -> NonceEntry? {
        try decoded(.nonces, StoreKey.nonce(consumer, nonce)) { value throws(StoredValueError) in
            try NonceEntry(decoding: value)
        }
    }

    /// The largest nonce that a consumer has used; nil for none.
    func lastNonce(of consumer: Address) throws(JobStoreError) -> UInt64? {
        let key = try database.lastKey(.nonces, upTo: StoreKey.nonce(consumer, .max))
        guard let key, key.count == 28, key.starts(with: consumer.bytes) else { return nil }
        return key.span.bigEndianUInt64(at: Address.byteCount)
    }

    /// The smallest nonce of a consumer that can still be relayed in order.
    func nonceMin(of consumer: Address) throws(JobStoreError) -> UInt64 {
        try decoded(.meta, StoreKey.nonceMin(consumer)) { value throws(StoredValueError) in
            try StoredForms.number(inInteger: value)
        } ?? 0
    }

    func posting(_ id: JobID) throws(JobStoreError) -> PostingRecord? {
        try decoded(.outbox, StoreKey.outbox(id)) { value throws(StoredValueError) in
            try Self.posting(value)
        }
    }

    func account(
        _ address: Address, chainID: UInt64
    ) throws(JobStoreError) -> AccountRecord? {
        try decoded(.chain, StoreKey.account(address, chainID: chainID)) {
            value throws(StoredValueError) in
            try Self.account(value)
        }
    }

    func bytes(_ family: ColumnFamily, _ key: [UInt8]) throws(JobStoreError) -> [UInt8]? {
        try decoded(family, key) { value throws(StoredValueError) in
            try StoredForms.payload(inBytes: value)
        }
    }

    static func posting(_ value: Span<UInt8>) throws(StoredValueError) -> PostingRecord {
        let payload = try StoredForms.payload(inBytes: value)
        do throws(PostingRecordError) {
            return try PostingRecord(decoding: payload)
        } catch {
            throw .fieldInvalid("posting")
        }
    }

    static func account(_ value: Span<UInt8>) throws(StoredValueError) -> AccountRecord {
        let payload = try StoredForms.payload(inBytes: value)
        do throws(PostingRecordError) {
            return try AccountRecord(decoding: payload)
        } catch {
            throw .fieldInvalid("account")
        }
    }

    private func decoded<Value>(
        _ family: ColumnFamily, _ key: [UInt8],
        _ decode: (Span<UInt8>) throws(StoredValueError) -> Value
    ) throws(JobStoreError) -> Value? {
        guard let value = try database.value(family, key) else { return nil }
        do throws(StoredValueError) {
            return try decode(value.span)
        } catch {
            throw .corrupted(violation(family, key, error.description))
        }
    }
}

/// What is wrong with a key.
func violation(_ family: ColumnFamily, _ key: [UInt8], _ message: String) -> StoreViolation {
    StoreViolation(family: family.name, key: Hex.encode(key), message: message)
}

/// What is wrong with a key.
func violation(
    _ family: ColumnFamily, _ key: Span<UInt8>, _ message: String
) -> StoreViolation {
    violation(family, [UInt8](copying: key), message)
}
