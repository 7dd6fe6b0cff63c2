package import Bytes

/// Writes the fields of one tuple in order: static ones into the head, dynamic ones into the tail.
package struct ABIWriter: Sendable {
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private let headByteCount: Int

    /// A writer of a tuple with this number of fields, each of one word in the head.
    package init(fieldCount: Int) {
        headByteCount = ABI.wordByteCount * fieldCount
        head.reserveCapacity(headByteCount)
    }

    /// Appends an unsigned integer field of any width up to 64 bits.
    package mutating func append(_ value: UInt64) {
        head.append(contentsOf: repeatElement(0, count: 24))
        head.append(bigEndian: value)
    }

    /// Appends a uint256 field.
    package mutating func append(_ value: UInt256) {
        value.word.append(to: &head)
    }

    /// Appends a bool field.
    package mutating func append(_ value: Bool) {
        append(value ? 1 : 0 as UInt64)
    }

    /// Appends an address field.
    package mutating func append(_ value: Address) {
        head.append(contentsOf: repeatElement(0, count: 12))
        value.append(to: &head)
    }

    /// Appends a bytes32 field.
    package mutating func append(_ value: Hash32) {
        value.append(to: &head)
    }

    /// Appends a field of 1 to 32 bytes, such as bytes4: the bytes stand at the front of the word.
    package mutating func append(fixed value: [UInt8]) {
        precondition((1...32).contains(value.count), "bytesN has 1 to 32 bytes")
        head.append(contentsOf: value)
        head.append(contentsOf: repeatElement(0, count: 32 - value.count))
    }

    /// Appends a bytes field, or a string field in UTF-8.
    package mutating func append(dynamic value: [UInt8]) {
        appendOffset()
        tail.append(bigEndian: 0 as UInt64)
        tail.append(bigEndian: 0 as UInt64)
        tail.append(bigEndian: 0 as UInt64)
        tail.append(bigEndian: UInt64(value.count))
        tail.append(contentsOf: value)
        let padding = ABI.paddedByteCount(value.count) - value.count
        tail.append(contentsOf: repeatElement(0, count: padding))
    }

    /// Appends a bytes32[] field.
    package mutating func append(array values: [Hash32]) {
        appendOffset()
        UInt256(UInt64(values.count)).word.append(to: &tail)
        for value in values {
            value.append(to: &tail)
        }
    }

    /// Appends a field that is itself a tuple with dynamic fields.
    package mutating func append(tuple: ABIWriter) {
        appendOffset()
        tail.append(contentsOf: tuple.finish())
    }

    /// The encoded tuple: `abi.encode` of its fields as separate arguments.
    package consuming func finish() -> [UInt8] {
        precondition(head.count == headByteCount, "the number of fields is the announced one")
        head.append(contentsOf: tail)
        return head
    }

    /// The encoded tuple behind the offset word 0x20: `abi.encode` of one struct with dynamic fields.
    package consuming func finishAsStruct() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(ABI.wordByteCount + headByteCount + tail.count)
        UInt256(UInt64(ABI.wordByteCount)).word.append(to: &output)
        output.append(contentsOf: finish())
        return output
    }

    /// The calldata of a function: its selector, then the tuple of its arguments.
    package consuming func finishAsCall(_ selector: [UInt8]) -> [UInt8] {
        selector + finish()
    }

    private mutating func appendOffset() {
        append(UInt64(headByteCount + tail.count))
    }
}
