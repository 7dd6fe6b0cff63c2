package import Bytes

/// Writes the fields of one tuple in order: static ones into the head, dynamic ones into the tail.
package struct ABIWriter: Sendable {
    // A prefix, the head with zeros where fields are missing, and the tail so far.
    private var output: [UInt8]

    // Where the head starts, where its next field goes, and where it ends.
    private let base: Int
    private var position: Int
    private let headEnd: Int

    /// A writer of a tuple with this number of fields, each of one word in the head, behind a prefix.
    /// Room for `tailByteCount` bytes of tail is reserved.
    package init(fieldCount: Int, prefix: [UInt8] = [], tailByteCount: Int = 0) {
        base = prefix.count
        position = base
        headEnd = base + ABI.wordByteCount * fieldCount
        output = prefix
        output.reserveCapacity(headEnd + tailByteCount)
        output.append(contentsOf: repeatElement(0, count: headEnd - base))
    }

    /// A writer of one struct with dynamic fields, as `abi.encode` writes it: the word 0x20, which is
    /// its offset, and the tuple.
    package init(structFieldCount: Int, tailByteCount: Int = 0) {
        self.init(
            fieldCount: structFieldCount, prefix: UInt256(UInt64(ABI.wordByteCount)).word.bytes,
            tailByteCount: tailByteCount)
    }

    /// How many bytes of tail a bytes or string field with `byteCount` bytes takes.
    package static func tailByteCount(of byteCount: Int) -> Int {
        ABI.wordByteCount + ABI.paddedByteCount(byteCount)
    }

    /// Appends an unsigned integer field of any width up to 64 bits.
    package mutating func append(_ value: UInt64) {
        append(Hash32(words: 0, 0, 0, value))
    }

    /// Appends a uint256 field.
    package mutating func append(_ value: UInt256) {
        append(value.word)
    }

    /// Appends a bool field.
    package mutating func append(_ value: Bool) {
        append(value ? 1 : 0 as UInt64)
    }

    /// Appends an address field.
    package mutating func append(_ value: Address) {
        // The address stands in the low 20 bytes of the word.
        append(
            Hash32(
                words: 0, value.word0 >> 32, value.word0 << 32 | value.word1 >> 32,
                value.word1 << 32 | UInt64(value.word2)))
    }

    /// Appends a field of 1 to 32 bytes, such as bytes4: the bytes stand at the front of the word.
    package mutating func append(fixed value: [UInt8]) {
        precondition((1...32).contains(value.count), "bytesN has 1 to 32 bytes")
        let padded = value + repeatElement(0, count: 32 - value.count)
        append(Hash32(unchecked: padded.span))
    }

    /// Appends a bytes32 field.
    package mutating func append(_ value: Hash32) {
        precondition(position < headEnd, "there are no more fields than announced")
        store(value.word0, at: position)
        store(value.word1, at: position + 8)
        store(value.word2, at: position + 16)
        store(value.word3, at: position + 24)
        position += ABI.wordByteCount
    }

    /// Appends a bytes field, or a string field in UTF-8.
    package mutating func append(dynamic value: [UInt8]) {
        appendOffset()
        Hash32(words: 0, 0, 0, UInt64(value.count)).append(to: &output)
        output.append(contentsOf: value)
        let padding = ABI.paddedByteCount(value.count) - value.count
        output.append(contentsOf: repeatElement(0, count: padding))
    }

    /// Appends a bytes32[] field.
    package mutating func append(array values: [Hash32]) {
        appendOffset()
        Hash32(words: 0, 0, 0, UInt64(values.count)).append(to: &output)
        for value in values {
            value.append(to: &output)
        }
    }

    /// The encoded tuple behind its prefix.
    package consuming func finish() -> [UInt8] {
        precondition(position == headEnd, "the number of fields is the announced one")
        return output
    }

    /// Writes the offset of what is appended to the tail next.
    private mutating func appendOffset() {
        append(UInt64(output.count - base))
    }

    private mutating func store(_ word: UInt64, at start: Int) {
        for index in 0..<8 {
            output[start + index] = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * index))
        }
    }
}
