internal import Bytes

/// Version 1: fields in the order of the declaration, integers big-endian, behind one byte of flags
/// for the fields that may be absent.
extension JobRecord {
    private static let encodingVersion: UInt8 = 1

    /// Which of the optional fields follow, and what else is one bit.
    private struct Flags: OptionSet {
        let rawValue: UInt8
        static let stateHash = Flags(rawValue: 1)
        static let expiresAt = Flags(rawValue: 2)
        static let isPosted = Flags(rawValue: 4)
        static let failure = Flags(rawValue: 8)
        static let relayTransaction = Flags(rawValue: 16)
        static let known: Flags = [
            .stateHash, .expiresAt, .isPosted, .failure, .relayTransaction,
        ]
    }

    /// The bytes under which the store keeps the record.
    package func encoded() -> [UInt8] {
        StoredValue.framed(version: Self.encodingVersion, capacity: 360) { output in
            output.append(flags.rawValue)
            appendIdentity(to: &output)
            output.append(bigEndian: sequence)
            output.append(bigEndian: submittedAt)
            if let expiresAt { output.append(bigEndian: expiresAt) }
            appendProgress(to: &output)
        }
    }

    /// The record whose encoding `value` is.
    package init(decoding value: Span<UInt8>) throws(StoredValueError) {
        let payload = try StoredValue.payload(of: value, version: Self.encodingVersion)
        var reader = ByteReader(value.extracting(payload))
        let flags = Flags(rawValue: try reader.requiredUInt8())
        guard flags.isSubset(of: .known) else { throw .fieldInvalid("flags") }
        let identity = try Self.readIdentity(&reader, flags)
        let sequence = try reader.requiredUInt64()
        let submittedAt = try reader.requiredUInt64()
        let expiresAt = flags.contains(.expiresAt) ? try reader.requiredUInt64() : nil
        let progress = try Self.readProgress(&reader, flags)
        try reader.requireEnd()
        self.init(
            identity, sequence: sequence, submittedAt: submittedAt, expiresAt: expiresAt,
            progress: progress)
        guard (status == .failed) == (failure != nil) else { throw .fieldInvalid("failure") }
    }

    private var flags: Flags {
        var flags: Flags = []
        if stateHash != nil { flags.insert(.stateHash) }
        if expiresAt != nil { flags.insert(.expiresAt) }
        if isPosted { flags.insert(.isPosted) }
        if failure != nil { flags.insert(.failure) }
        if relayTransaction != nil { flags.insert(.relayTransaction) }
        return flags
    }

    private func appendIdentity(to output: inout [UInt8]) {
        id.append(to: &output)
        output.append(origin.rawValue)
        output.append(relayStrategy.rawValue)
        output.append(bigEndian: nonce)
        consumer.append(to: &output)
        programID.append(to: &output)
        output.append(bigEndian: maxCycles)
        signer.append(to: &output)
        requestHash.append(to: &output)
        offchainInputHash.append(to: &output)
        stateHash?.append(to: &output)
    }

    private static func readIdentity(
        _ reader: inout ByteReader, _ flags: Flags
    ) throws(StoredValueError) -> Identity {
        Identity(
            id: try reader.required(), origin: try reader.requiredChoice("origin"),
            relayStrategy: try reader.requiredChoice("relayStrategy"),
            nonce: try reader.requiredUInt64(), consumer: try reader.required(),
            programID: try reader.required(), maxCycles: try reader.requiredUInt64(),
            signer: try reader.required(), requestHash: try reader.required(),
            offchainInputHash: try reader.required(),
            stateHash: flags.contains(.stateHash) ? try reader.required() : nil)
    }

    private func appendProgress(to output: inout [UInt8]) {
        output.append(status.rawValue)
        output.append(bigEndian: statusChangedAt)
        output.append(bigEndian: retries)
        output.append(bigEndian: interruptions)
        output.append(bigEndian: cycles)
        if let failure {
            output.append(failure.cause.rawValue)
            output.append(lengthPrefixed: Array(failure.message.utf8))
        }
        relayTransaction?.append(to: &output)
    }

    private static func readProgress(
        _ reader: inout ByteReader, _ flags: Flags
    ) throws(StoredValueError) -> Progress {
        Progress(
            status: try reader.requiredChoice("status"),
            statusChangedAt: try reader.requiredUInt64(), retries: try reader.requiredUInt32(),
            interruptions: try reader.requiredUInt32(), cycles: try reader.requiredUInt64(),
            isPosted: flags.contains(.isPosted),
            failure: flags.contains(.failure) ? try readFailure(&reader) : nil,
            relayTransaction: flags.contains(.relayTransaction) ? try reader.required() : nil)
    }

    private static func readFailure(
        _ reader: inout ByteReader
    ) throws(StoredValueError) -> JobFailure {
        let cause: JobFailure.Cause = try reader.requiredChoice("failure")
        let bytes = try reader.requiredBytes(
            atMost: StoredLimits.failureMessageByteCountMax, "failure")
        guard let message = String(validating: bytes, as: UTF8.self) else {
            throw .fieldInvalid("failure")
        }
        return JobFailure(cause, message: message)
    }
}
