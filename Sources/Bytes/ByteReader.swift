/// A cursor over bytes that somebody else wrote. Reads past the end return nil and move nothing, so a
/// parser turns each nil into its own typed error.
///
/// Lengths may be anything that fits in an `Int`, negative ones included: no arithmetic here can trap.
package struct ByteReader: ~Escapable {
    private let bytes: Span<UInt8>

    /// The offset of the next byte to read.
    package private(set) var offset = 0

    /// A reader at the start of `bytes`.
    @_lifetime(copy bytes)
    package init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
    }

    /// How many bytes are left.
    package var remainingCount: Int { bytes.count - offset }

    /// Whether every byte was read.
    package var isAtEnd: Bool { offset == bytes.count }

    /// The next byte.
    package mutating func readUInt8() -> UInt8? {
        guard let start = advance(by: 1) else { return nil }
        return bytes[start]
    }

    /// The next two bytes, most significant first.
    package mutating func readUInt16() -> UInt16? {
        guard let start = advance(by: 2) else { return nil }
        return bytes.bigEndianUInt16(at: start)
    }

    /// The next four bytes, most significant first.
    package mutating func readUInt32() -> UInt32? {
        guard let start = advance(by: 4) else { return nil }
        return bytes.bigEndianUInt32(at: start)
    }

    /// The next eight bytes, most significant first.
    package mutating func readUInt64() -> UInt64? {
        guard let start = advance(by: 8) else { return nil }
        return bytes.bigEndianUInt64(at: start)
    }

    /// The next value of a fixed width.
    package mutating func read<Value: FixedWidthBytes>(_: Value.Type = Value.self) -> Value? {
        guard let start = advance(by: Value.byteCount) else { return nil }
        return Value(unchecked: bytes.extracting(start..<offset))
    }

    /// The next `count` bytes, copied.
    package mutating func readBytes(_ count: Int) -> [UInt8]? {
        guard let start = advance(by: count) else { return nil }
        return [UInt8](copying: bytes.extracting(start..<offset))
    }

    /// A byte string behind its four-byte big-endian length; the inverse of
    /// `append(lengthPrefixed:)`.
    package mutating func readLengthPrefixed() -> [UInt8]? {
        let start = offset
        guard let count = readUInt32(), let bytes = readBytes(Int(count)) else {
            offset = start
            return nil
        }
        return bytes
    }

    private mutating func advance(by count: Int) -> Int? {
        guard count >= 0, count <= remainingCount else { return nil }
        let start = offset
        offset += count
        return start
    }
}

extension [UInt8] {
    /// Appends the four-byte big-endian length of `bytes`, then `bytes`.
    package mutating func append(lengthPrefixed bytes: [UInt8]) {
        precondition(
            bytes.count <= UInt32.max, "a length-prefixed string has at most 2^32 - 1 bytes")
        append(bigEndian: UInt32(bytes.count))
        append(contentsOf: bytes)
    }
}
