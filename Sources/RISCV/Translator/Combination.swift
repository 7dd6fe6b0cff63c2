/// Several instructions of the guest that are one of the host, though not side by side: RV32IM lacks them.
enum Combination {
    /// Two shifts, left and right by 32 bits together, and an OR, XOR or ADD of what they give. With one
    /// source it is a rotation, with two the half of a rotation of 64 bits.
    case rotation(left: Int, right: Int)

    /// An SLTU and the addition or subtraction of its outcome: of a carry or a borrow.
    case carry(comparison: Int)

    /// The most instructions from the first of them to the last that matters.
    static let reachMax = 16

    /// Whether each combination has an instruction of this operation or the other for which it says so, before
    /// the last.
    static func isClue(_ operation: Operation) -> Bool { operation == .srli || operation == .sltu }

    /// Whether an instruction of this operation may be the last.
    static func mayComplete(_ operation: Operation) -> Bool {
        operation == .or || operation == .xor || operation == .add || operation == .sub
    }

    /// What the instruction at `index` may complete.
    static func completed(by index: Int, _ code: CodeImage) -> Combination? {
        let last = code.instructions[index]
        guard last.source1 != last.source2 else { return nil }
        switch last.operation {
        case .or, .xor: return rotation(last, index, code)
        case .add: return rotation(last, index, code) ?? carry(last, index, code)
        case .sub: return carry(last, index, code)
        default: return nil
        }
    }

    private static func rotation(
        _ last: DecodedInstruction, _ index: Int, _ code: CodeImage
    ) -> Combination? {
        guard let first = writer(of: last.source1, before: index, code),
            let second = writer(of: last.source2, before: index, code)
        else { return nil }
        let (one, other) = (code.instructions[first], code.instructions[second])
        // Of shifts both counts are below 32, so neither is zero when they make 32 together.
        guard one.immediate &+ other.immediate == 32 else { return nil }
        switch (one.operation, other.operation) {
        case (.slli, .srli): return .rotation(left: first, right: second)
        case (.srli, .slli): return .rotation(left: second, right: first)
        default: return nil
        }
    }

    private static func carry(
        _ last: DecodedInstruction, _ index: Int, _ code: CodeImage
    ) -> Combination? {
        if let place = writer(of: last.source2, before: index, code),
            code.instructions[place].operation == .sltu
        {
            return .carry(comparison: place)
        }
        // A difference is not that of the carry and something else.
        guard last.operation == .add, let place = writer(of: last.source1, before: index, code),
            code.instructions[place].operation == .sltu
        else { return nil }
        return .carry(comparison: place)
    }

    /// The last instruction to write a register, when only computing comes between.
    private static func writer(
        of register: UInt8, before index: Int, _ code: CodeImage
    ) -> Int? {
        guard register != 0 else { return nil }
        var place = index - 1
        while place >= 0, index - place <= reachMax {
            let instruction = code.instructions[place]
            guard instruction.onlyComputes else { return nil }
            if instruction.destination == register { return place }
            place -= 1
        }
        return nil
    }
}

extension DecodedInstruction {
    /// Whether the instruction does nothing but write a register, and nothing can come between.
    var onlyComputes: Bool {
        operation.onlyComputes && destination != StackAlignment.pointer
    }
}
