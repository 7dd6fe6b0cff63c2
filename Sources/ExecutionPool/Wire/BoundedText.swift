internal import Bytes

extension [UInt8] {
    /// Appends text behind its length, cut to `ExecutionPoolLimits.textByteCountMax` bytes.
    mutating func append(text: String) {
        append(lengthPrefixed: Array(text.utf8.prefix(ExecutionPoolLimits.textByteCountMax)))
    }
}

extension ByteReader {
    /// Text behind its length. Bytes that are not UTF-8, as a cut may leave them, are replaced.
    mutating func readText() -> String? {
        guard let bytes = readLengthPrefixed(),
            bytes.count <= ExecutionPoolLimits.textByteCountMax
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
