import Bytes

/// Why stored bytes are not a record of this module.
package enum PostingRecordError: Error, Hashable, Sendable {
    /// The first byte names a version that this program does not know.
    case unknownVersion(UInt8)
    /// The bytes end before the record does.
    case truncated
    /// Bytes follow the record.
    case trailingBytes
    /// A field holds a value that no record has.
    case invalidField(Field)

    /// The fields that are checked.
    package enum Field: String, Sendable {
        case kind, ordered, calldata, state, attempts, purpose, fees, reason, nonce, fillers
    }
}

extension PostingRecord {
    /// The version that `encoded` writes.
    package static let encodingVersion: UInt8 = 1

    /// The record as bytes: version, job id, consumer, job nonce, ordered, kind, contract, creation
    /// time, failure count, state, calldata. Integers are big-endian.
    package func encoded() -> [UInt8] {
        var output: [UInt8] = [Self.encodingVersion]
        output.reserveCapacity(256 + posting.calldata.count)
        posting.jobID.append(to: &output)
        posting.consumer.append(to: &output)
        output.append(bigEndian: posting.jobNonce)
        output.append(posting.isOrdered ? 1 : 0)
        output.append(posting.kind.rawValue)
        posting.contract.append(to: &output)
        output.append(bigEndian: posting.createdAtMilliseconds)
        output.append(bigEndian: failureCount)
        state.append(to: &output)
        output.append(lengthPrefixed: posting.calldata)
        return output
    }

    /// The record that `bytes` spell.
    package init(decoding bytes: Span<UInt8>) throws(PostingRecordError) {
        var reader = ByteReader(bytes)
        try reader.expectVersion(Self.encodingVersion)
        let jobID = try reader.required(JobID.self)
        let consumer = try reader.required(Address.self)
        let jobNonce = try reader.requiredUInt64()
        let isOrdered = try reader.requiredFlag(.ordered)
        guard let kind = PostingKind(rawValue: try reader.requiredUInt8()) else {
            throw .invalidField(.kind)
        }
        let contract = try reader.required(Address.self)
        let createdAt = try reader.requiredUInt64()
        guard let failureCount = reader.readUInt32() else { throw .truncated }
        let state = try State(reading: &reader)
        guard let calldata = reader.readLengthPrefixed() else { throw .truncated }
        guard calldata.count <= PostingLimits.calldataByteCountMax else {
            throw .invalidField(.calldata)
        }
        guard reader.isAtEnd else { throw .trailingBytes }
        let posting = Posting(
            jobID: jobID, consumer: consumer, jobNonce: jobNonce, isOrdered: isOrdered,
            kind: kind, contract: contract, createdAtMilliseconds: createdAt, calldata: calldata)
        self.init(posting: posting, failureCount: failureCount, state: state)
    }

    /// The record that `bytes` spell.
    package init(decoding bytes: [UInt8]) throws(PostingRecordError) {
        try self.init(decoding: bytes.span)
    }
}

extension PostingRecord.State {
    private enum Tag {
        static let queued: UInt8 = 0
        static let live: UInt8 = 1
        static let dead: UInt8 = 2
    }

    func append(to output: inout [UInt8]) {
        switch self {
        case .queued:
            output.append(Tag.queued)
        case .live(let transaction):
            output.append(Tag.live)
            transaction.append(to: &output)
        case .dead(let reason):
            output.append(Tag.dead)
            output.append(lengthPrefixed: Array(reason.utf8))
        }
    }

    init(reading reader: inout ByteReader) throws(PostingRecordError) {
        switch try reader.requiredUInt8() {
        case Tag.queued: self = .queued
        case Tag.live: self = .live(try LiveTransaction(reading: &reader))
        case Tag.dead: self = .dead(reason: try reader.requiredReason())
        default: throw .invalidField(.state)
        }
    }
}
