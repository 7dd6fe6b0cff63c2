// Numbers as byte strings, which is how hooks get and give them.
extension FixedNatural {
    /// The number that 8·limbCount bytes spell, the most significant first.
    init(bigEndian bytes: Span<UInt8>) {
        self.init()
        let count = Self.limbCount * 8
        precondition(bytes.count == count, "a number of another width")
        for index in 0..<count { setByte(index, bytes[count - 1 - index]) }
    }

    /// The number that at most 8·limbCount bytes spell, the least significant first.
    init(littleEndian bytes: Span<UInt8>) {
        self.init()
        precondition(bytes.count <= Self.limbCount * 8, "a number of another width")
        for index in 0..<bytes.count { setByte(index, bytes[index]) }
    }

    /// 8·limbCount bytes, the least significant first.
    var littleEndianBytes: [UInt8] {
        (0..<Self.limbCount * 8).map { index in
            UInt8(truncatingIfNeeded: self[index / 8] >> UInt64(index % 8 * 8))
        }
    }

    /// 8·limbCount bytes, the most significant first.
    var bigEndianBytes: [UInt8] { littleEndianBytes.reversed() }

    private mutating func setByte(_ index: Int, _ byte: UInt8) {
        self[index / 8] |= UInt64(byte) << UInt64(index % 8 * 8)
    }
}
