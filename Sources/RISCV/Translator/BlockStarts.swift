import Bytes

/// Where blocks begin, or which instructions have another mark: bit n of word m says it of the instruction at
/// 64 m + n.
struct BlockStarts {
    private(set) var words: [UInt64] = []

    /// The instructions that have all marks of a set, those of `BlockMap` below `combined`: where blocks begin
    /// unless another is asked for.
    init(_ marks: Span<UInt8>, having mark: UInt8 = BlockMap.Mark.start) {
        words.reserveCapacity((marks.count + 63) / 64)
        for first in stride(from: 0, to: marks.count, by: 64) {
            let part = marks.extracting(first..<min(first + 64, marks.count))
            words.append(Self.word(part, mark))
        }
    }

    /// The same of at most 64 instructions.
    private static func word(_ marks: Span<UInt8>, _ mark: UInt8) -> UInt64 {
        var word: UInt64 = 0
        let ones: UInt64 = 0x0101_0101_0101_0101
        let wanted = UInt64(mark) &* ones
        let wholeCount = marks.count & ~7
        for offset in stride(from: 0, to: wholeCount, by: 8) {
            // Of each of eight marks what it lacks, below 0x80: 0x7f more has the top bit unless that is nothing.
            let lacking = ~marks.littleEndianUInt64(at: offset) & wanted
            let bits = ~(lacking &+ 0x7f &* ones) &>> 7 & ones
            // Of eight bytes the product has the lowest bit of the first in bit 56, that of the second in bit
            // 57, and so on: the factor moves each there, and no two meet.
            word |= ((bits &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(offset)
        }
        for offset in wholeCount..<marks.count where marks[offset] & mark == mark {
            word |= 1 &<< UInt64(offset)
        }
        return word
    }

    /// A block begins at the instruction at `index` as well.
    mutating func insert(_ index: Int) {
        words[index / 64] |= 1 << UInt64(index % 64)
    }

    /// Calls `body` with the index of each of the instructions, in ascending order.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for index in words.indices { words[index].forEachBit { body(64 * index + $0) } }
    }
}

extension UInt64 {
    /// Calls `body` with the number of each bit that is set, from the lowest on.
    @inline(__always)
    func forEachBit(_ body: (Int) -> Void) {
        var left = self
        while left != 0 {
            body(left.trailingZeroBitCount)
            // The lowest bit that is set.
            left &= left &- 1
        }
    }
}
