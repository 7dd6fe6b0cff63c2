package import Bytes

/// What the store keeps under (consumer, nonce): which job used it, with which bytes.
package struct NonceEntry: Hashable, Sendable {
    package let jobID: JobID
    /// keccak256 of the request: the same bytes again are the same job.
    package let requestHash: Hash32

    private static let encodingVersion: UInt8 = 1

    package init(jobID: JobID, requestHash: Hash32) {
        self.jobID = jobID
        self.requestHash = requestHash
    }

    /// The entry that belongs to `record`.
    package init(of record: JobRecord) {
        self.init(jobID: record.id, requestHash: record.requestHash)
    }

    /// The bytes under which the store keeps the entry.
    package func encoded() -> [UInt8] {
        StoredValue.framed(version: Self.encodingVersion, capacity: 64) {
            jobID.append(to: &$0)
            requestHash.append(to: &$0)
        }
    }

    /// The entry whose encoding `value` is.
    package init(decoding value: Span<UInt8>) throws(StoredValueError) {
        let payload = try StoredValue.payload(of: value, version: Self.encodingVersion)
        var reader = ByteReader(value.extracting(payload))
        jobID = try reader.required()
        requestHash = try reader.required()
        try reader.requireEnd()
    }
}
