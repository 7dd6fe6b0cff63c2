/// Integers with a prefix of 1 to 8 bits (RFC 7541 section 5.1).
enum HPACKInteger {
    /// Larger than any index, length or table size that can be valid here; keeps the arithmetic far from
    /// the edge of `Int`.
    static let valueMax = 1 << 28

    /// Appends `value` with `flags` in the bits above the prefix.
    static func encode(_ value: Int, prefixBitCount: Int, flags: UInt8, to output: inout [UInt8]) {
        let prefixMax = 1 << prefixBitCount - 1
        guard value >= prefixMax else {
            output.append(flags | UInt8(truncatingIfNeeded: value))
            return
        }
        output.append(flags | UInt8(truncatingIfNeeded: prefixMax))
        var rest = value - prefixMax
        while rest >= 0x80 {
            output.append(0x80 | UInt8(truncatingIfNeeded: rest & 0x7f))
            rest >>= 7
        }
        output.append(UInt8(truncatingIfNeeded: rest))
    }

    /// The integer at `offset`, which moves behind it.
    static func decode(
        _ block: Span<UInt8>, at offset: inout Int, prefixBitCount: Int
    ) throws(HPACKError) -> Int {
        guard offset < block.count else { throw .truncated }
        let prefixMax = 1 << prefixBitCount - 1
        var value = Int(block[offset]) & prefixMax
        offset += 1
        guard value == prefixMax else { return value }
        var shift = 0
        while true {
            guard offset < block.count else { throw .truncated }
            let byte = block[offset]
            offset += 1
            // Five bytes hold 35 bits, more than valueMax: no sixth is read.
            guard shift <= 28 else { throw .integerTooLarge }
            value += Int(byte & 0x7f) << shift
            shift += 7
            if byte & 0x80 == 0 { break }
        }
        guard value <= valueMax else { throw .integerTooLarge }
        return value
    }
}
