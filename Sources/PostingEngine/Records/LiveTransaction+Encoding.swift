import Bytes

extension LiveTransaction {
    /// Appends nonce, gas limit, the reason for giving up (one byte 0, or 1 and a length-prefixed
    /// text), the number of attempts in one byte and the attempts.
    func append(to output: inout [UInt8]) {
        output.append(bigEndian: nonce)
        output.append(bigEndian: gasLimit)
        output.append(abandonReason == nil ? 0 : 1)
        if let abandonReason {
            output.append(lengthPrefixed: Array(abandonReason.utf8))
        }
        precondition(attempts.count <= PostingLimits.attemptsMax, "too many attempts to record")
        output.append(UInt8(attempts.count))
        for attempt in attempts {
            output.append(attempt.purpose.rawValue)
            output.append(bigEndian: attempt.fees.feePerGasMax)
            output.append(bigEndian: attempt.fees.priorityFeePerGasMax)
            attempt.hash.append(to: &output)
        }
    }

    init(reading reader: inout ByteReader) throws(PostingRecordError) {
        let nonce = try reader.requiredUInt64()
        guard nonce < .max else { throw .invalidField(.nonce) }
        let gasLimit = try reader.requiredUInt64()
        let isAbandoned = try reader.requiredFlag(.reason)
        let abandonReason = isAbandoned ? try reader.requiredReason() : nil
        let count = Int(try reader.requiredUInt8())
        guard (1...PostingLimits.attemptsMax).contains(count) else {
            throw .invalidField(.attempts)
        }
        var attempts: [TransactionAttempt] = []
        attempts.reserveCapacity(count)
        for _ in 0..<count {
            attempts.append(try TransactionAttempt(reading: &reader))
        }
        self.init(
            nonce: nonce, gasLimit: gasLimit, attempts: attempts, abandonReason: abandonReason)
    }
}

extension TransactionAttempt {
    fileprivate init(reading reader: inout ByteReader) throws(PostingRecordError) {
        guard let purpose = Purpose(rawValue: try reader.requiredUInt8()) else {
            throw .invalidField(.purpose)
        }
        let fees = Fees(
            feePerGasMax: try reader.requiredUInt64(),
            priorityFeePerGasMax: try reader.requiredUInt64())
        guard fees.priorityFeePerGasMax <= fees.feePerGasMax else { throw .invalidField(.fees) }
        self.init(purpose: purpose, fees: fees, hash: try reader.required(Hash32.self))
    }
}

extension ByteReader {
    mutating func expectVersion(_ version: UInt8) throws(PostingRecordError) {
        let found = try requiredUInt8()
        guard found == version else { throw .unknownVersion(found) }
    }

    mutating func requiredUInt8() throws(PostingRecordError) -> UInt8 {
        guard let value = readUInt8() else { throw .truncated }
        return value
    }

    mutating func requiredUInt64() throws(PostingRecordError) -> UInt64 {
        guard let value = readUInt64() else { throw .truncated }
        return value
    }

    mutating func requiredFlag(
        _ field: PostingRecordError.Field
    ) throws(PostingRecordError) -> Bool {
        switch try requiredUInt8() {
        case 0: return false
        case 1: return true
        default: throw .invalidField(field)
        }
    }

    mutating func required<Value: FixedWidthBytes>(
        _ type: Value.Type
    ) throws(PostingRecordError) -> Value {
        guard let value = read(type) else { throw .truncated }
        return value
    }

    mutating func requiredReason() throws(PostingRecordError) -> String {
        guard let bytes = readLengthPrefixed() else { throw .truncated }
        guard bytes.count <= PostingLimits.reasonByteCountMax,
            let text = String(validating: bytes, as: UTF8.self)
        else { throw .invalidField(.reason) }
        return text
    }
}
