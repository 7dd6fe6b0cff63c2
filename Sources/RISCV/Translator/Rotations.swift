/// Finds what programs write for a rotation, which RV32IM lacks: two shifts, left and right by 32 bits
/// together, and an OR, XOR or ADD of what they give. With one source it is a rotation, with two the half
/// of a rotation of 64 bits. The host has one instruction for either.
///
/// The shifts then need no code, where nobody sees what they write: nobody but the third instruction reads
/// it before it is overwritten, and until then nothing leaves the code.
struct Rotations {
    /// The most instructions from the first shift to the last thing that matters.
    private static let reachMax = 16

    /// A rotation: the instruction that completes it and its shifts.
    struct Parts {
        let left: Int
        let right: Int

        /// The first and the second shift, in the order of the code.
        var ordered: (Int, Int) { (min(left, right), max(left, right)) }
    }

    private let code: CodeImage
    private var marks: [UInt8]

    /// Marks the rotations of a program.
    ///
    /// - Parameter marks: those of `BlockMap`, in which blocks are final.
    static func mark(_ code: CodeImage, _ marks: inout [UInt8]) {
        var rotations = Rotations(code: code, marks: marks)
        // The last shift of either kind: behind none there is nothing to look at.
        var (left, right) = (-reachMax - 1, -reachMax - 1)
        for index in marks.indices {
            switch code.instructions[index].operation {
            case .slli: left = index
            case .srli: right = index
            default: if index - min(left, right) <= reachMax { rotations.look(at: index) }
            }
        }
        marks = rotations.marks
    }

    /// The shifts of what `index` may complete; nil when it is no rotation.
    static func parts(_ code: CodeImage, completedBy index: Int) -> Parts? {
        let last = code.instructions[index]
        guard last.operation == .or || last.operation == .xor || last.operation == .add,
            last.source1 != last.source2,
            let first = shift(code, writing: last.source1, before: index),
            let second = shift(code, writing: last.source2, before: index)
        else { return nil }
        let isFirstLeft = code.instructions[first].operation == .slli
        guard isFirstLeft != (code.instructions[second].operation == .slli) else { return nil }
        let counts = code.instructions[first].immediate + code.instructions[second].immediate
        guard counts == 32 else { return nil }
        return Parts(left: isFirstLeft ? first : second, right: isFirstLeft ? second : first)
    }

    /// The last instruction to write a register, when that is a shift by 1 to 31.
    private static func shift(
        _ code: CodeImage, writing register: UInt8, before index: Int
    ) -> Int? {
        guard register != 0 else { return nil }
        var place = index - 1
        while place >= 0, index - place <= reachMax {
            let instruction = code.instructions[place]
            guard instruction.operation.onlyComputes else { return nil }
            if instruction.destination == register {
                let isShift = instruction.operation == .slli || instruction.operation == .srli
                return isShift && 1..<32 ~= instruction.immediate ? place : nil
            }
            place -= 1
        }
        return nil
    }

    private mutating func look(at index: Int) {
        guard let parts = Self.parts(code, completedBy: index) else { return }
        let (first, second) = parts.ordered
        let instructions = code.instructions
        let isOneSource = instructions[first].source1 == instructions[second].source1
        guard (first + 1...index).allSatisfy({ marks[$0] & BlockMap.Mark.start == 0 }),
            // The second shift is not of what the first one gave.
            instructions[first].destination != instructions[second].source1
        else { return }
        let (skipsFirst, skipsSecond) = (isUnseen(first, index), isUnseen(second, index))
        guard isOneSource ? skipsFirst || skipsSecond : skipsFirst && skipsSecond else { return }
        for place in first..<index {
            if place == first && skipsFirst || place == second && skipsSecond { continue }
            let written = instructions[place].destination
            if written == instructions[first].source1 { return }
            if place >= second, written == instructions[second].source1 { return }
        }
        marks[index] |= BlockMap.Mark.rotation
        if skipsFirst { marks[first] |= BlockMap.Mark.unneeded }
        if skipsSecond { marks[second] |= BlockMap.Mark.unneeded }
    }

    /// Whether nobody but the instruction at `last` sees what the shift writes.
    private func isUnseen(_ shift: Int, _ last: Int) -> Bool {
        let register = code.instructions[shift].destination
        var place = shift + 1
        while place < marks.count, place - shift <= Self.reachMax {
            let instruction = code.instructions[place]
            guard marks[place] & BlockMap.Mark.start == 0, instruction.operation.onlyComputes
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

extension Operation {
    /// Whether the instruction does nothing but write a register, and nothing can come between.
    fileprivate var onlyComputes: Bool { writes && !accessesMemory && !endsBlock }
}
