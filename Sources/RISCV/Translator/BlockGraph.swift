/// The blocks of a program, numbered in the order of their addresses, and the ways between them.
struct BlockGraph {
    /// The index of the first instruction of each block, and how many instructions there are.
    let starts: [Int32]

    /// Where the code behind a block goes on, as far as it shows. Functions come back where nobody shows it.
    struct Ways {
        /// Below zero where there is no such block.
        fileprivate let numbers: (next: Int32, target: Int32)

        /// The number of the block behind, when the last instruction may lead there.
        var next: Int32? { numbers.next < 0 ? nil : numbers.next }

        /// The number of the block that a jump or a call leads to.
        var target: Int32? { numbers.target < 0 ? nil : numbers.target }
    }

    /// One for each block.
    let ways: [Ways]

    /// How many blocks there are.
    var count: Int { ways.count }

    /// The blocks of `code`.
    init(_ code: CodeImage, _ blockStarts: BlockStarts) {
        let instructions = code.instructions.span
        let instructionCount = instructions.count - 1
        let numbers = BlockNumbers(blockStarts)
        let starts = [Int32](filling: numbers.count + 1) { output in
            blockStarts.forEach { output.append(Int32($0)) }
            output.append(Int32(instructionCount))
        }
        self.starts = starts
        ways = [Ways](filling: numbers.count) { output in
            for number in 0..<numbers.count {
                let last = Int(starts[number + 1]) - 1
                let operation = instructions[last].operation
                let goesOn = operation.mayFallThrough && number + 1 < numbers.count
                var target: Int32 = -1
                if operation.isDirectJump, let distance = instructions[last].jumpDistance,
                    last + distance >= 0, last + distance < instructionCount
                {
                    target = numbers.of(last + distance)
                }
                output.append(Ways(numbers: (goesOn ? Int32(number + 1) : -1, target)))
            }
        }
    }

    /// The indices of the instructions of a block.
    func range(_ number: Int) -> Range<Int> { Int(starts[number])..<Int(starts[number + 1]) }
}

/// The number of the block of each instruction: how many blocks began until there, less one.
private struct BlockNumbers {
    private let words: [UInt64]
    /// How many blocks begin before those of each word.
    private var before: [Int32] = []
    /// How many blocks there are.
    private(set) var count = 0

    init(_ starts: BlockStarts) {
        words = starts.words
        before.reserveCapacity(words.count)
        for word in words {
            before.append(Int32(count))
            count += word.nonzeroBitCount
        }
    }

    /// The number of the block of the instruction at `index`.
    func of(_ index: Int) -> Int32 {
        let until = words[index / 64] << UInt64(63 - index % 64)
        return before[index / 64] + Int32(until.nonzeroBitCount) - 1
    }
}
