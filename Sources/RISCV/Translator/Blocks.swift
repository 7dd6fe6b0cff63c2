/// The blocks of a program, numbered in the order of their addresses.
struct Blocks: Sendable {
    /// The index of the first instruction of each block, and how many instructions there are.
    let starts: [Int32]

    /// `BlockStarts.words`.
    private let words: [UInt64]
    /// How many blocks begin before the instructions of each word.
    private let before: [Int32]

    /// The blocks that begin there, one at the first of `instructionCount` instructions.
    init(_ blockStarts: BlockStarts, instructionCount: Int) {
        words = blockStarts.words
        var count = 0
        before = [Int32](filling: words.count) { output in
            for word in blockStarts.words {
                // At most `instructionCountMax`.
                output.append(Int32(truncatingIfNeeded: count))
                count += word.nonzeroBitCount
            }
        }
        starts = [Int32](filling: count + 1) { output in
            blockStarts.forEach { output.append(Int32(truncatingIfNeeded: $0)) }
            output.append(Int32(truncatingIfNeeded: instructionCount))
        }
    }

    /// How many blocks there are.
    var count: Int { starts.count - 1 }

    /// The indices of the instructions of a block.
    func range(_ number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }

    /// The number of the block of the instruction at `index`: how many blocks began until there, less one.
    @inline(__always)
    func of(_ index: Int) -> Int {
        let until = words[index >> 6] &<< UInt64(63 - index & 63)
        return Int(before[index >> 6]) + until.nonzeroBitCount - 1
    }
}
