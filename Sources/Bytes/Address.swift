/// A 20-byte Ethereum account or contract address.
package struct Address: FixedWidthBytes {
    package static var byteCount: Int { 20 }

    /// The 20 zero bytes.
    package static let zero = Address(words: 0, 0, 0)

    // Big-endian words: bytes 0 to 7, 8 to 15, 16 to 19.
    package let word0: UInt64
    package let word1: UInt64
    package let word2: UInt32

    /// The value of big-endian words over bytes 0 to 7, 8 to 15 and 16 to 19.
    package init(words word0: UInt64, _ word1: UInt64, _ word2: UInt32) {
        self.word0 = word0
        self.word1 = word1
        self.word2 = word2
    }

    package init(unchecked bytes: Span<UInt8>) {
        self.init(
            words: bytes.bigEndianUInt64(at: 0), bytes.bigEndianUInt64(at: 8),
            bytes.bigEndianUInt32(at: 16))
    }

    /// The low 20 bytes of a 32-byte word, as the EVM reads an address.
    package init(lowBytesOf word: Hash32) {
        self.init(
            words: word.word1 << 32 | word.word2 >> 32, word.word2 << 32 | word.word3 >> 32,
            UInt32(truncatingIfNeeded: word.word3))
    }

    package func append(to output: inout [UInt8]) {
        output.append(bigEndian: word0)
        output.append(bigEndian: word1)
        output.append(bigEndian: word2)
    }

    package static func < (left: Address, right: Address) -> Bool {
        (left.word0, left.word1, left.word2) < (right.word0, right.word1, right.word2)
    }
}
