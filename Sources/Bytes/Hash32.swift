/// A 32-byte digest or EVM word, in the order of its bytes.
package struct Hash32: FixedWidthBytes {
    package static var byteCount: Int { 32 }

    /// The 32 zero bytes.
    package static let zero = Hash32(words: 0, 0, 0, 0)

    // Big-endian words: `word0` holds bytes 0 to 7.
    package let word0: UInt64
    package let word1: UInt64
    package let word2: UInt64
    package let word3: UInt64

    /// The value of four big-endian words; the first holds bytes 0 to 7.
    package init(words word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
        self.word0 = word0
        self.word1 = word1
        self.word2 = word2
        self.word3 = word3
    }

    package init(unchecked bytes: Span<UInt8>) {
        self.init(
            words: bytes.bigEndianUInt64(at: 0), bytes.bigEndianUInt64(at: 8),
            bytes.bigEndianUInt64(at: 16), bytes.bigEndianUInt64(at: 24))
    }

    package func append(to output: inout [UInt8]) {
        output.append(bigEndian: word0)
        output.append(bigEndian: word1)
        output.append(bigEndian: word2)
        output.append(bigEndian: word3)
    }

    package static func < (left: Hash32, right: Hash32) -> Bool {
        (left.word0, left.word1, left.word2, left.word3)
            < (right.word0, right.word1, right.word2, right.word3)
    }
}
