/// How many loops are around each instruction, as far as the order of the code tells: a jump back makes a
/// loop of all between.
struct LoopDepths {
    /// Instructions side by side that are in as many loops.
    struct Run {
        /// The index of the first instruction behind them.
        let end: Int
        /// At most `depthMax`.
        let depth: UInt8
    }

    /// Ascending; those of all instructions.
    private(set) var runs: [Run] = []

    /// More than that are not told apart.
    static let depthMax = 6

    /// A jump back that is longer is not taken for a loop.
    private static let loopInstructionCountMax = 4096

    /// The depths in `code`. O(n log n) for n jumps back.
    ///
    /// - Parameter jumpsBack: where those are.
    init(_ code: CodeImage, jumpsBack: [Int32]) {
        // Twice the index from which on there is a loop more, and 1, or a loop less.
        // There are at most `instructionCountMax`.
        var changes: [Int32] = []
        changes.reserveCapacity(2 * jumpsBack.count)
        for index in jumpsBack.lazy.map({ Int($0) }) {
            guard let distance = code.instructions[index].jumpDistance, index + distance >= 0,
                -distance < Self.loopInstructionCountMax
            else { continue }
            changes.append(2 * Int32(index + distance) + 1)
            changes.append(2 * Int32(index + 1))
        }
        changes.sort()
        runs.reserveCapacity(changes.count + 1)
        var depth = 0
        for change in changes {
            end(at: Int(change / 2), depth)
            depth += change % 2 == 0 ? -1 : 1
        }
        end(at: code.instructions.count - 1, depth)
    }

    private mutating func end(at index: Int, _ depth: Int) {
        guard index > runs.last?.end ?? 0 else { return }
        runs.append(Run(end: index, depth: UInt8(min(depth, Self.depthMax))))
    }

    /// The depths of `count` instructions.
    ///
    /// - Parameter index: theirs, by their number. Ascending.
    func of(_ count: Int, at index: (Int) -> Int) -> [UInt8] {
        var run = runs.startIndex
        return [UInt8](filling: count) { output in
            for number in 0..<count {
                let index = index(number)
                while runs[run].end <= index { run += 1 }
                output.append(runs[run].depth)
            }
        }
    }
}
