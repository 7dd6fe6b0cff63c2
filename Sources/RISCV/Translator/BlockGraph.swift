/// The blocks of a program, numbered in the order of their addresses, and the ways between them.
struct BlockGraph {
    /// The index of the first instruction of each block, and how many instructions there are.
    let starts: [Int32]

    /// Where the code behind a block goes on, as far as it shows. Functions come back where nobody shows it.
    struct Ways {
        /// The number of the block behind, when the last instruction may lead there.
        let next: Int32?
        /// The number of the block that a jump or a call leads to.
        let target: Int32?
    }

    /// One for each block.
    let ways: [Ways]

    /// How many blocks there are.
    var count: Int { ways.count }

    /// The blocks of `code`.
    ///
    /// - Parameter marks: those of `BlockMap`.
    init(_ code: CodeImage, _ marks: [UInt8]) {
        let instructions = code.instructions.span
        let numbers = BlockNumbers(marks.span)
        var starts = [Int32](filling: numbers.count + 1) { output in
            numbers.forEachStart { output.append(Int32($0)) }
        }
        starts.append(Int32(marks.count))
        self.starts = starts
        ways = [Ways](filling: numbers.count) { output in
            for number in 0..<numbers.count {
                let last = Int(starts[number + 1]) - 1
                let operation = instructions[last].operation
                let isLast = number + 1 == numbers.count
                let target =
                    operation.isDirectJump
                    ? numbers.target(of: instructions[last], at: last) : nil
                output.append(
                    Ways(
                        next: operation.mayFallThrough && !isLast ? Int32(number + 1) : nil,
                        target: target))
            }
        }
    }

    /// The indices of the instructions of a block.
    func range(_ number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }
}

/// The number of the block of each instruction: how many blocks began until there, and that.
private struct BlockNumbers {
    /// Bit n of word m: whether a block begins at the instruction at 64 m + n.
    private var bits: [UInt64] = []
    /// How many blocks begin before those of each word.
    private var before: [Int32] = []
    private let instructionCount: Int
    /// How many blocks there are.
    private(set) var count = 0

    init(_ marks: Span<UInt8>) {
        instructionCount = marks.count
        for first in stride(from: 0, to: marks.count, by: 64) {
            var word: UInt64 = 0
            for index in (first..<min(first + 64, marks.count)).reversed() {
                word = word << 1 | UInt64(marks[index] & BlockMap.Mark.start)
            }
            bits.append(word)
            before.append(Int32(count))
            count += word.nonzeroBitCount
        }
    }

    /// Calls `body` with the index of the first instruction of each block, in ascending order.
    func forEachStart(_ body: (Int) -> Void) {
        for index in bits.indices {
            var left = bits[index]
            while left != 0 {
                body(64 * index + left.trailingZeroBitCount)
                // The lowest bit that is set.
                left &= left - 1
            }
        }
    }

    /// The number of the block that a direct jump leads to; nil when it leads to no instruction.
    func target(of jump: DecodedInstruction, at index: Int) -> Int32? {
        guard let distance = jump.jumpDistance, index + distance >= 0,
            index + distance < instructionCount
        else { return nil }
        let (word, bit) = (index + distance).quotientAndRemainder(dividingBy: 64)
        let until = bits[word] << UInt64(63 - bit)
        return before[word] + Int32(until.nonzeroBitCount) - 1
    }
}
