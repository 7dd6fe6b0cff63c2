package import Bytes

/// Reads the items of one RLP list in order and accepts only canonical encodings.
///
/// The reader holds positions only, so the bytes are passed to each call and must be the same each
/// time. The depth of nesting is that of the calls, never that of the input.
package struct RLPReader: Sendable {
    // Offsets into the bytes: position <= end <= the count of the bytes.
    private var position: Int
    private let end: Int

    /// A reader of the list that takes up all of `bytes` from `start` on.
    package init(
        _ bytes: Span<UInt8>, from start: Int = 0, name: String,
        byteCountMax: Int = EthereumCodecLimits.transactionByteCountMax
    ) throws(RLPError) {
        guard bytes.count <= byteCountMax else { throw .tooLong(byteCountMax: byteCountMax) }
        var outer = RLPReader(position: start, end: bytes.count)
        self = try outer.readList(name, in: bytes)
        guard outer.isAtEnd else { throw .trailingBytes(field: name) }
    }

    private init(position: Int, end: Int) {
        precondition(position >= 0 && position <= end, "the start lies in the bytes")
        self.position = position
        self.end = end
    }

    /// Whether every item of the list was read.
    package var isAtEnd: Bool { position == end }

    /// The next item, a byte string.
    package mutating func readBytes(
        _ field: String, in bytes: Span<UInt8>
    ) throws(RLPError) -> [UInt8] {
        guard !isAtEnd else { throw .truncated(field: field) }
        guard bytes[position] < RLP.shortList else { throw .wrongKind(field: field) }
        guard bytes[position] >= RLP.shortString else {
            position += 1
            return [bytes[position - 1]]
        }
        let content = try readHeader(field, base: RLP.shortString, in: bytes)
        if content.count == 1, bytes[content.lowerBound] < RLP.shortString {
            throw .nonCanonical(field: field)
        }
        position = content.upperBound
        return [UInt8](copying: bytes.extracting(content))
    }

    /// The next item, a list; its items are read by the reader returned.
    package mutating func readList(
        _ field: String, in bytes: Span<UInt8>
    ) throws(RLPError) -> RLPReader {
        guard !isAtEnd else { throw .truncated(field: field) }
        guard bytes[position] >= RLP.shortList else { throw .wrongKind(field: field) }
        let content = try readHeader(field, base: RLP.shortList, in: bytes)
        position = content.upperBound
        return RLPReader(position: content.lowerBound, end: content.upperBound)
    }

    /// The next item, an integer below 2^256.
    package mutating func readUInt256(
        _ field: String, in bytes: Span<UInt8>
    ) throws(RLPError) -> UInt256 {
        let digits = try readBytes(field, in: bytes)
        guard digits.first != 0 else { throw .nonCanonical(field: field) }
        guard digits.count <= 32 else { throw .valueOutOfRange(field: field) }
        let word = [UInt8](repeating: 0, count: 32 - digits.count) + digits
        return UInt256(Hash32(unchecked: word.span))
    }

    /// The next item, an integer below 2^64.
    package mutating func readUInt64(
        _ field: String, in bytes: Span<UInt8>
    ) throws(RLPError) -> UInt64 {
        guard let value = try readUInt256(field, in: bytes).asUInt64 else {
            throw .valueOutOfRange(field: field)
        }
        return value
    }

    /// The next item, exactly as many bytes as the type has.
    package mutating func read<Value: FixedWidthBytes>(
        _ field: String, as _: Value.Type = Value.self, in bytes: Span<UInt8>
    ) throws(RLPError) -> Value {
        guard let value = Value(try readBytes(field, in: bytes)) else {
            throw .valueOutOfRange(field: field)
        }
        return value
    }

    /// The next item, an address or the empty string.
    package mutating func readOptionalAddress(
        _ field: String, in bytes: Span<UInt8>
    ) throws(RLPError) -> Address? {
        let content = try readBytes(field, in: bytes)
        if content.isEmpty { return nil }
        guard let address = Address(content) else { throw .valueOutOfRange(field: field) }
        return address
    }

    /// Checks that the list has no further items.
    package consuming func finish(_ name: String) throws(RLPError) {
        guard isAtEnd else { throw .trailingBytes(field: name) }
    }

    /// The range of the content that the header at `position` announces.
    private func readHeader(
        _ field: String, base: UInt8, in bytes: Span<UInt8>
    ) throws(RLPError) -> Range<Int> {
        let first = Int(bytes[position] - base)
        var start = position + 1
        var count = first
        if first > RLP.shortByteCountMax {
            let lengthByteCount = first - RLP.shortByteCountMax
            count = try readLength(field, lengthByteCount, at: start, in: bytes)
            start += lengthByteCount
        }
        guard count <= end - start else { throw .truncated(field: field) }
        return start..<start + count
    }

    /// A length of 1 to 8 big-endian bytes, which must be needed to write it.
    private func readLength(
        _ field: String, _ byteCount: Int, at start: Int, in bytes: Span<UInt8>
    ) throws(RLPError) -> Int {
        guard byteCount <= end - start else { throw .truncated(field: field) }
        guard bytes[start] != 0 else { throw .nonCanonical(field: field) }
        var length: UInt64 = 0
        for index in 0..<byteCount {
            length = length << 8 | UInt64(bytes[start + index])
        }
        guard length > UInt64(RLP.shortByteCountMax) else { throw .nonCanonical(field: field) }
        guard let count = Int(exactly: length) else { throw .truncated(field: field) }
        return count
    }
}
