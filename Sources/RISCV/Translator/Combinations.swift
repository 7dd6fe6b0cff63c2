/// Marks the combinations of a program. The instructions before the last of each need no code, where nobody
/// sees what they write: nobody but the last reads it before it is overwritten, and until then nothing
/// leaves the code.
struct Combinations {
    private let code: CodeImage
    private var marks: [UInt8]

    /// - Parameters:
    ///   - marks: those of `BlockMap`, in which blocks are final.
    ///   - clues: where the instructions are of which each combination has one (`Combination.isClue`).
    static func mark(_ code: CodeImage, _ marks: inout [UInt8], behind clues: [Int]) {
        var combinations = Combinations(code: code, marks: [])
        // Handed over and back, not copied.
        swap(&marks, &combinations.marks)
        for clue in clues { combinations.look(behind: clue) }
        swap(&marks, &combinations.marks)
    }

    /// Looks at the instructions that may complete something with what the one at `clue` writes.
    private mutating func look(behind clue: Int) {
        let written = code.instructions[clue].destination
        guard code.instructions[clue].onlyComputes else { return }
        // The last of them all is `.end`.
        for index in clue + 1..<min(clue + 1 + Combination.reachMax, code.instructions.count) {
            let instruction = code.instructions[index]
            let isRead = instruction.source1 == written || instruction.source2 == written
            if isRead, Combination.mayComplete(instruction.operation) { look(at: index) }
            guard instruction.onlyComputes, instruction.destination != written else { return }
        }
    }

    private mutating func look(at index: Int) {
        switch Combination.completed(by: index, code) {
        case .rotation(let left, let right): look(at: index, left: left, right: right)
        case .carry(let comparison): look(at: index, comparison: comparison)
        case nil: break
        }
    }

    private mutating func look(at index: Int, left: Int, right: Int) {
        let (first, second) = (min(left, right), max(left, right))
        let (one, other) = (code.instructions[first], code.instructions[second])
        let isOneSource = one.source1 == other.source1
        // The second shift is not of what the first one gave.
        guard isOneBlock(first, index), one.destination != other.source1 else { return }
        let (skipsFirst, skipsSecond) = (isUnseen(first, index), isUnseen(second, index))
        guard isOneSource ? skipsFirst || skipsSecond : skipsFirst && skipsSecond else { return }
        for place in first..<index {
            if place == first && skipsFirst || place == second && skipsSecond { continue }
            let written = code.instructions[place].destination
            if written == one.source1 || place >= second && written == other.source1 { return }
        }
        marks[index] |= BlockMap.Mark.combined
        if skipsFirst { marks[first] |= BlockMap.Mark.unneeded }
        if skipsSecond { marks[second] |= BlockMap.Mark.unneeded }
    }

    private mutating func look(at index: Int, comparison: Int) {
        let compared = code.instructions[comparison]
        guard isOneBlock(comparison, index), isUnseen(comparison, index) else { return }
        for place in comparison + 1..<index {
            let written = code.instructions[place].destination
            if written == compared.source1 || written == compared.source2 { return }
        }
        marks[index] |= BlockMap.Mark.combined
        marks[comparison] |= BlockMap.Mark.unneeded
    }

    private func isOneBlock(_ first: Int, _ last: Int) -> Bool {
        (first + 1...last).allSatisfy { marks[$0] & BlockMap.Mark.start == 0 }
    }

    /// Whether nobody but the instruction at `last` sees what the one at `index` writes.
    private func isUnseen(_ index: Int, _ last: Int) -> Bool {
        let register = code.instructions[index].destination
        var place = index + 1
        while place < marks.count, place - index <= Combination.reachMax {
            let instruction = code.instructions[place]
            guard marks[place] & BlockMap.Mark.start == 0, instruction.onlyComputes
            else { return false }
            if place != last, instruction.reads(register) { return false }
            if instruction.destination == register { return place >= last }
            place += 1
        }
        return false
    }
}

extension DecodedInstruction {
    /// Whether a register is a source of the instruction.
    fileprivate func reads(_ register: UInt8) -> Bool {
        operation.readsSource1 && source1 == register
            || operation.readsSource2 && source2 == register
    }
}
