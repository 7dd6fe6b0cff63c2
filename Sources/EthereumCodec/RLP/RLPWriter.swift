package import Bytes

/// Writes the items of one RLP list (Ethereum Yellow Paper, appendix B).
package struct RLPWriter: Sendable {
    // The encoded items, one after the other, without the header of the list around them.
    private var payload: [UInt8] = []

    package init() {}

    /// Appends a byte string.
    package mutating func append(_ bytes: [UInt8]) {
        if bytes.count == 1, bytes[0] < RLP.shortString {
            payload.append(bytes[0])
            return
        }
        RLP.appendHeader(byteCount: bytes.count, base: RLP.shortString, to: &payload)
        payload.append(contentsOf: bytes)
    }

    /// Appends an integer: its big-endian bytes without leading zeros.
    package mutating func append(_ value: UInt256) {
        append(Array(value.word.bytes.drop { $0 == 0 }))
    }

    /// Appends an integer: its big-endian bytes without leading zeros.
    package mutating func append(_ value: UInt64) {
        append(UInt256(value))
    }

    /// Appends an address, or the empty string for none (the creation of a contract).
    package mutating func append(_ address: Address?) {
        append(address?.bytes ?? [])
    }

    /// Appends 32 bytes.
    package mutating func append(_ hash: Hash32) {
        append(hash.bytes)
    }

    /// Appends a list.
    package mutating func append(list: RLPWriter) {
        payload.append(contentsOf: list.finish())
    }

    /// The list of all items appended.
    package consuming func finish() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(payload.count + 9)
        RLP.appendHeader(byteCount: payload.count, base: RLP.shortList, to: &output)
        output.append(contentsOf: payload)
        return output
    }
}

/// The first bytes of RLP items.
enum RLP {
    /// Below this a byte stands for itself; from here to 0xb7 it announces 0 to 55 bytes.
    static let shortString: UInt8 = 0x80

    /// From here to 0xf7 a byte announces a list of 0 to 55 bytes.
    static let shortList: UInt8 = 0xc0

    /// The longest content whose length stands in the first byte.
    static let shortByteCountMax = 55

    /// Appends the header of a string (base 0x80) or a list (base 0xc0).
    static func appendHeader(byteCount: Int, base: UInt8, to output: inout [UInt8]) {
        if byteCount <= shortByteCountMax {
            output.append(base + UInt8(byteCount))
            return
        }
        let lengthByteCount = (64 - byteCount.leadingZeroBitCount + 7) / 8
        output.append(base + UInt8(shortByteCountMax + lengthByteCount))
        for index in (0..<lengthByteCount).reversed() {
            output.append(UInt8(truncatingIfNeeded: byteCount >> (8 * index)))
        }
    }
}
