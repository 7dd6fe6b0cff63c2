internal import Bytes

/// Reads that turn a missing byte into the error of stored values.
extension ByteReader {
    mutating func requiredUInt8() throws(StoredValueError) -> UInt8 {
        guard let value = readUInt8() else { throw .truncated }
        return value
    }

    mutating func requiredUInt32() throws(StoredValueError) -> UInt32 {
        guard let value = readUInt32() else { throw .truncated }
        return value
    }

    mutating func requiredUInt64() throws(StoredValueError) -> UInt64 {
        guard let value = readUInt64() else { throw .truncated }
        return value
    }

    mutating func required<Value: FixedWidthBytes>() throws(StoredValueError) -> Value {
        guard let value = read(Value.self) else { throw .truncated }
        return value
    }

    mutating func requiredBytes(
        atMost byteCountMax: Int, _ name: FieldName
    ) throws(StoredValueError) -> [UInt8] {
        guard let bytes = readLengthPrefixed() else { throw .truncated }
        guard bytes.count <= byteCountMax else { throw .fieldInvalid(name) }
        return bytes
    }

    mutating func requiredChoice<Choice: RawRepresentable<UInt8>>(
        _ name: FieldName
    ) throws(StoredValueError) -> Choice {
        guard let choice = Choice(rawValue: try requiredUInt8()) else { throw .fieldInvalid(name) }
        return choice
    }

    func requireEnd() throws(StoredValueError) {
        guard isAtEnd else { throw .trailingBytes }
    }
}
