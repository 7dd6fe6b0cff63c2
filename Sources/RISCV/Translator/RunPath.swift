/// What a run does from a look at the budget to one a while later. Straight on it is what the code says; behind
/// each jump the interpreter shows where it led.
struct RunPath {
    /// The indices of instructions that are executed one after the other.
    private(set) var runs: [Range<Int>] = []
    private(set) var ways: [RunPicture.Way] = []
    private(set) var instructionCount = 0

    /// From so many on, the next look at the budget is the end: a new path costs more than a longer one.
    private static let instructionCountMin = 128
    /// What is further away is left out.
    private static let runCountMax = 128

    /// The run is at the instruction at `index`, which the last one so far led to. Returns whether the path is
    /// complete; if not, it is once the interpreter has executed the block at hand, or later.
    mutating func arrive(at index: Int, _ code: CodeImage, _ translation: Translation) -> Bool {
        let blocks = translation.charges.blocks
        if let last = runs.last?.upperBound, translation.has(BlockMap.Mark.start, index) {
            let isComputed = code.instructions[last - 1].operation == .jalr
            let (from, to) = (blocks.of(last - 1), blocks.of(index))
            ways.append(
                RunPicture.Way(
                    from: Int32(from), to: isComputed ? RunPicture.Way.computed : Int32(to)))
            if isEnd(index, translation) { return true }
        }
        return follow(index..<index + Int(code.costs[index].instructionCount), translation)
    }

    /// The instructions up to the next jump are executed. Returns whether the path ends among them.
    private mutating func follow(_ straight: Range<Int>, _ translation: Translation) -> Bool {
        let blocks = translation.charges.blocks
        var first = straight.lowerBound
        while runs.count < Self.runCountMax {
            let number = blocks.of(first)
            let next = min(straight.upperBound, blocks.range(number).upperBound)
            runs.append(first..<next)
            instructionCount += next - first
            guard next < straight.upperBound else { return false }
            ways.append(RunPicture.Way(from: Int32(number), to: Int32(number + 1)))
            if isEnd(next, translation) { return true }
            first = next
        }
        return true
    }

    private func isEnd(_ index: Int, _ translation: Translation) -> Bool {
        instructionCount >= Self.instructionCountMin
            && translation.has(BlockMap.Mark.charge, index)
    }
}

extension Translation {
    fileprivate func has(_ mark: UInt8, _ index: Int) -> Bool { marks[index] & mark != 0 }
}
