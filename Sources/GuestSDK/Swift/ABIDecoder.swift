/// Reads ABI-encoded values: a head of 32-byte words, then the tails of the dynamic ones in order.
///
/// Only the canonical encoding is accepted, the one that `abi.encode` produces. Anything else fails
/// the job, so that two inputs that mean the same are the same bytes.
public struct ABIDecoder {
    private let input: InputBytes
    private var headOffset = 0
    private var tailOffset: Int

    /// Reads `wordCount` head words from the start of `input`: the arguments of an `abi.encode`.
    public init(_ input: InputBytes, headWordCount wordCount: Int) {
        self.input = input
        tailOffset = 32 * wordCount
        guard tailOffset <= input.count else { Program.fail("the ABI head is cut short") }
    }

    /// Reads a struct with a dynamic member, encoded alone: one offset word stands before it.
    public init(dynamicTuple input: InputBytes, headWordCount wordCount: Int) {
        guard input.count >= 32, UInt256(bigEndian: input, at: 0) == 32,
            let tuple = input.part(at: 32, count: input.count - 32)
        else { Program.fail("the ABI tuple does not begin with its offset") }
        self.init(tuple, headWordCount: wordCount)
    }

    /// The next head word, `uint256`.
    public mutating func uint256() -> UInt256 {
        UInt256(bigEndian: input, at: nextWordOffset())
    }

    /// The next head word, `bytes32`.
    public mutating func hash() -> Hash32 {
        guard let word = input.part(at: nextWordOffset(), count: 32), let hash = Hash32(word) else {
            Program.fail("the ABI head is cut short")
        }
        return hash
    }

    /// The next value, `bytes`.
    public mutating func bytes() -> InputBytes {
        guard uint256() == UInt256(UInt64(tailOffset)) else {
            Program.fail("an ABI offset does not point at the next tail")
        }
        guard let lengthWord = input.part(at: tailOffset, count: 32),
            let length = UInt256(bigEndian: lengthWord)?.asUInt64, length <= UInt64(input.count)
        else { Program.fail("an ABI length is beyond the input") }
        let count = Int(truncatingIfNeeded: length)
        let padding = (32 - count % 32) % 32
        guard let content = input.part(at: tailOffset + 32, count: count),
            let rest = input.part(at: tailOffset + 32 + count, count: padding),
            rest.allSatisfy({ $0 == 0 })
        else { Program.fail("ABI bytes are cut short or badly padded") }
        tailOffset += 32 + count + padding
        return content
    }

    /// To be called after the last value: nothing may follow it.
    public func finish() {
        guard tailOffset == input.count else { Program.fail("bytes follow the ABI encoding") }
    }

    private mutating func nextWordOffset() -> Int {
        defer { headOffset += 32 }
        return headOffset
    }
}
