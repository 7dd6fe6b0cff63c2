import Bytes

/// Where blocks begin: bit n of word m says it of the instruction at 64 m + n.
struct BlockStarts {
    private(set) var words: [UInt64] = []

    /// The starts that the marks of `BlockMap` say.
    init(_ marks: [UInt8]) {
        words.reserveCapacity((marks.count + 63) / 64)
        for first in stride(from: 0, to: marks.count, by: 64) {
            words.append(Self.word(marks.span.extracting(first..<min(first + 64, marks.count))))
        }
    }

    /// The starts among at most 64 instructions.
    private static func word(_ marks: Span<UInt8>) -> UInt64 {
        var word: UInt64 = 0
        let wholeCount = marks.count & ~7
        for offset in stride(from: 0, to: wholeCount, by: 8) {
            // `BlockMap.Mark.start` is the lowest bit. Of eight marks the product has that bit of the first in
            // bit 56, that of the second in bit 57, and so on: the factor moves each there, and no two meet.
            let bits = marks.littleEndianUInt64(at: offset) & 0x0101_0101_0101_0101
            word |= ((bits &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(offset)
        }
        for offset in wholeCount..<marks.count {
            word |= UInt64(marks[offset] & BlockMap.Mark.start) &<< UInt64(offset)
        }
        return word
    }

    /// A block begins at the instruction at `index` as well.
    mutating func insert(_ index: Int) {
        words[index / 64] |= 1 << UInt64(index % 64)
    }

    /// Calls `body` with the index of the first instruction of each block, in ascending order.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for index in words.indices {
            var left = words[index]
            while left != 0 {
                body(64 * index + left.trailingZeroBitCount)
                // The lowest bit that is set.
                left &= left - 1
            }
        }
    }
}
