// What it costs that a register is in its slot: instructions of the host differ in whether they take an
// operand from memory.
extension RegisterUses {
    /// What a use costs, in thirds of a host instruction, about.
    private enum Cost {
        /// The slot is an operand like any other.
        static let operand: UInt64 = 1
        /// Two registers and a number are added to a third in one instruction, when all are registers.
        static let summand: UInt64 = 2
        /// It is moved from or to a register first, or last.
        static let move: UInt64 = 3
        /// It is moved there and back.
        static let both: UInt64 = 6
    }

    /// Counts what the instruction at `index` costs more with its registers in their slots.
    ///
    /// - Parameter mark: that of the instruction (`BlockMap.Mark`).
    mutating func countCosts(of index: Int, _ code: CodeImage, mark: UInt8, weight: UInt64) {
        if mark & BlockMap.Mark.unneeded != 0 { return }
        let instruction = code.instructions[index]
        if mark & BlockMap.Mark.combined != 0,
            let combination = Combination.completed(by: index, code)
        {
            return count(combination, completedBy: instruction, code, weight)
        }
        let (first, second) = (instruction.source1, instruction.source2)
        let destination = instruction.destination
        switch instruction.operation {
        case .lb, .lbu, .lh, .lhu, .lw, .sb, .sh, .sw, .sll, .srl, .sra:
            add(weight * Cost.move, first, second, destination)
        case .add, .sub, .xor, .or, .and, .mul:
            if destination == first || destination == second {
                let other = destination == first ? second : first
                add(weight * Cost.both, to: destination)
                return add(weight * Cost.operand, to: other)
            }
            let isSum = instruction.operation == .add
            add(weight * (isSum ? Cost.summand : Cost.operand), first, second)
            add(weight * Cost.move, to: destination)
        case .addi, .xori, .ori, .andi, .slli, .srli, .srai:
            if destination == first { return add(weight * Cost.operand, to: destination) }
            let isSum = instruction.operation == .addi
            add(weight * (isSum ? Cost.summand : Cost.operand), to: first)
            add(weight * Cost.move, to: destination)
        default:
            add(weight * Cost.operand, first, second)
            add(weight * Cost.move, to: destination)
        }
    }

    /// Adds the same to several registers, also twice to one.
    private mutating func add(
        _ weight: UInt64, _ one: UInt8, _ other: UInt8, _ third: UInt8 = 0
    ) {
        add(weight, to: one)
        add(weight, to: other)
        add(weight, to: third)
    }

    private mutating func count(
        _ combination: Combination, completedBy last: DecodedInstruction, _ code: CodeImage,
        _ weight: UInt64
    ) {
        switch combination {
        case .rotation(let left, let right):
            let (high, low) = (code.instructions[left].source1, code.instructions[right].source1)
            add(weight * Cost.move, to: high)
            if low != high { add(weight * Cost.move, to: low) }
        case .carry(let comparison):
            let compared = code.instructions[comparison]
            let isFirst = last.source1 == compared.destination
            add(weight * Cost.operand, compared.source1, compared.source2)
            add(weight * Cost.operand, to: isFirst ? last.source2 : last.source1)
        }
        add(weight * Cost.move, to: last.destination)
    }
}
