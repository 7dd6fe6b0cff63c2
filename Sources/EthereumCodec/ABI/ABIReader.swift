package import Bytes

/// Reads the fields of one tuple in order and accepts only the one encoding that a canonical encoder
/// writes: every offset points to where the preceding part ended, padding is zero, nothing follows.
///
/// The reader holds positions only, so the bytes are passed to each call and must be the same each
/// time. No length is used before it is compared with what is there, so no input can trap.
package struct ABIReader: Sendable {
    // All positions are offsets into the bytes. base <= head <= headEnd <= tail <= byteCount.
    private let base: Int
    private let headEnd: Int
    private let byteCount: Int
    private var head: Int
    private var tail: Int

    /// A reader of a tuple with this number of one-word fields that takes up all of `bytes`.
    package init(
        _ bytes: Span<UInt8>, fieldCount: Int, name: String,
        byteCountMax: Int = EthereumCodecLimits.abiByteCountMax
    ) throws(ABIError) {
        guard bytes.count <= byteCountMax else { throw .tooLong(byteCountMax: byteCountMax) }
        try self.init(bytes, base: 0, fieldCount: fieldCount, name: name)
    }

    /// A reader of a struct with dynamic fields, encoded as one value: the word 0x20, then the tuple.
    package init(
        structIn bytes: Span<UInt8>, fieldCount: Int, name: String,
        byteCountMax: Int = EthereumCodecLimits.abiByteCountMax
    ) throws(ABIError) {
        var outer = try ABIReader(bytes, fieldCount: 1, name: name, byteCountMax: byteCountMax)
        try outer.readOffset(name, in: bytes)
        try self.init(bytes, base: ABI.wordByteCount, fieldCount: fieldCount, name: name)
    }

    private init(
        _ bytes: Span<UInt8>, base: Int, fieldCount: Int, name: String
    ) throws(ABIError) {
        // base is at most the byte count, and fieldCount a small constant of ours.
        let headByteCount = ABI.wordByteCount * fieldCount
        guard bytes.count - base >= headByteCount else { throw .truncated(field: name) }
        self.base = base
        byteCount = bytes.count
        head = base
        headEnd = base + headByteCount
        tail = headEnd
    }

    /// The next field, any 32 bytes.
    package mutating func readWord(in bytes: Span<UInt8>) -> Hash32 {
        precondition(head < headEnd && bytes.count == byteCount, "no such field, or other bytes")
        let word = Hash32(unchecked: bytes.extracting(head..<head + ABI.wordByteCount))
        head += ABI.wordByteCount
        return word
    }

    /// The next field, a uint256.
    package mutating func readUInt256(in bytes: Span<UInt8>) -> UInt256 {
        UInt256(readWord(in: bytes))
    }

    /// The next field, an unsigned integer of at most `max`.
    package mutating func readUInt64(
        _ field: String, max: UInt64 = .max, in bytes: Span<UInt8>
    ) throws(ABIError) -> UInt64 {
        guard let value = readUInt256(in: bytes).asUInt64, value <= max else {
            throw .valueOutOfRange(field: field)
        }
        return value
    }

    /// The next field, a bool.
    package mutating func readBool(
        _ field: String, in bytes: Span<UInt8>
    ) throws(ABIError) -> Bool {
        try readUInt64(field, max: 1, in: bytes) == 1
    }

    /// The next field, an address.
    package mutating func readAddress(
        _ field: String, in bytes: Span<UInt8>
    ) throws(ABIError) -> Address {
        let word = readWord(in: bytes)
        guard word.word0 == 0, word.word1 >> 32 == 0 else { throw .valueOutOfRange(field: field) }
        return Address(lowBytesOf: word)
    }

    /// The next field, `count` bytes at the front of the word (bytes4 and its like).
    package mutating func readFixed(
        _ field: String, count: Int, in bytes: Span<UInt8>
    ) throws(ABIError) -> [UInt8] {
        let word = readWord(in: bytes).bytes
        guard word[count...].allSatisfy({ $0 == 0 }) else { throw .nonZeroPadding(field: field) }
        return Array(word[..<count])
    }

    /// The next field, bytes.
    package mutating func readBytes(
        _ field: String, in bytes: Span<UInt8>
    ) throws(ABIError) -> [UInt8] {
        try readOffset(field, in: bytes)
        let count = try readLength(field, in: bytes)
        guard count <= byteCount - tail else { throw .truncated(field: field) }
        let content = [UInt8](copying: bytes.extracting(tail..<tail + count))
        let end = tail + ABI.paddedByteCount(count)
        guard end <= byteCount else { throw .truncated(field: field) }
        for index in (tail + count)..<end where bytes[index] != 0 {
            throw .nonZeroPadding(field: field)
        }
        tail = end
        return content
    }

    /// The next field, a string.
    package mutating func readString(
        _ field: String, in bytes: Span<UInt8>
    ) throws(ABIError) -> String {
        let content = try readBytes(field, in: bytes)
        guard let text = String(validating: content, as: UTF8.self) else {
            throw .invalidUTF8(field: field)
        }
        return text
    }

    /// The next field, bytes32[] with at most `countMax` elements.
    package mutating func readHashArray(
        _ field: String, countMax: Int = EthereumCodecLimits.abiArrayCountMax,
        in bytes: Span<UInt8>
    ) throws(ABIError) -> [Hash32] {
        try readOffset(field, in: bytes)
        let count = try readLength(field, in: bytes)
        guard count <= (byteCount - tail) / ABI.wordByteCount else {
            throw .truncated(field: field)
        }
        guard count <= countMax else { throw .tooManyElements(field: field, countMax: countMax) }
        var values: [Hash32] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            values.append(Hash32(unchecked: bytes.extracting(tail..<tail + ABI.wordByteCount)))
            tail += ABI.wordByteCount
        }
        return values
    }

    /// Checks that every field was read and that nothing follows the last one.
    package consuming func finish(_ name: String) throws(ABIError) {
        precondition(head == headEnd, "every field is read before the end")
        guard tail == byteCount else { throw .trailingBytes(field: name) }
    }

    /// The next head word without reading it, for telling layouts apart.
    package func peekWord(at fieldIndex: Int, in bytes: Span<UInt8>) -> Hash32 {
        let start = base + ABI.wordByteCount * fieldIndex
        precondition(start < headEnd && bytes.count == byteCount, "no such field, or other bytes")
        return Hash32(unchecked: bytes.extracting(start..<start + ABI.wordByteCount))
    }

    /// Reads an offset, which must be that of the end of the tail so far.
    private mutating func readOffset(_ field: String, in bytes: Span<UInt8>) throws(ABIError) {
        guard readUInt256(in: bytes).asUInt64 == UInt64(tail - base) else {
            throw .invalidOffset(field: field)
        }
    }

    /// Reads a length word from the tail; it is not yet known whether so much follows.
    private mutating func readLength(
        _ field: String, in bytes: Span<UInt8>
    ) throws(ABIError) -> Int {
        guard byteCount - tail >= ABI.wordByteCount else { throw .truncated(field: field) }
        let word = Hash32(unchecked: bytes.extracting(tail..<tail + ABI.wordByteCount))
        tail += ABI.wordByteCount
        guard let value = UInt256(word).asUInt64, let count = Int(exactly: value) else {
            throw .truncated(field: field)
        }
        return count
    }
}
