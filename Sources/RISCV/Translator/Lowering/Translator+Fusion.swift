// Pairs of instructions that cost less together. A pair is left, or goes on, as a whole; when the
// interpreter executed its first instruction, it executes the second as well.
extension Translator {
    /// Writes the code of two instructions, when they are a pair; how many instructions that covers.
    mutating func lowerFused(
        _ index: Int, _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Int? {
        switch (first.operation, second.operation) {
        case (.lui, .addi): return constant(first, second, first.immediate)
        case (.auipc, .addi):
            return constant(first, second, code.base &+ UInt32(index) &* 4 &+ first.immediate)
        case (.slt, .beq), (.sltu, .beq), (.slti, .beq), (.sltiu, .beq), (.slt, .bne),
            (.sltu, .bne), (.slti, .bne), (.sltiu, .bne):
            return setAndBranch(index, first, second)
        case (.mul, .mulhu), (.mul, .mulh), (.mul, .mulhsu), (.mulhu, .mul), (.mulh, .mul),
            (.mulhsu, .mul):
            return wholeProduct(first, second)
        case (.add, .sltu): return addWithCarry(first, second)
        case (.slli, .add): return indexedAddress(first, second)
        case (.slli, .srli), (.slli, .srai): return extended(first, second)
        default: return nil
        }
    }

    /// LUI or AUIPC and the ADDI that completes it.
    private mutating func constant(
        _ first: DecodedInstruction, _ second: DecodedInstruction, _ upper: UInt32
    ) -> Int? {
        guard first.destination == second.source1, first.destination == second.destination,
            first.destination != DecodedInstruction.sinkRegister
        else { return nil }
        write(first.destination, value: upper &+ second.immediate)
        return 2
    }

    /// A comparison and the branch on its outcome: the flags are there still.
    private mutating func setAndBranch(
        _ index: Int, _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Int? {
        let isOnOutcome =
            second.source1 == first.destination && second.source2 == 0
            || second.source2 == first.destination && second.source1 == 0
        let isImmediate = first.operation == .slti || first.operation == .sltiu
        let isKnown =
            facts.value(of: first.source1) != nil
            && (isImmediate || facts.value(of: first.source2) != nil)
        // The value of x0 is known, but a pair of known operands is no comparison.
        guard isOnOutcome, first.destination != DecodedInstruction.sinkRegister, !isKnown else {
            return nil
        }
        let isSigned = first.operation == .slt || first.operation == .slti
        let less: HostCondition = isSigned ? .less : .below
        if isImmediate {
            if facts.value(of: first.source1) != nil { return nil }
            let target = setTarget(first.destination, first.source1, first.source1)
            compare(first.source1, immediate: first.immediate)
            finishSet(first.destination, target, less)
        } else {
            let target = setTarget(first.destination, first.source1, first.source2)
            compare(first.source1, first.source2)
            finishSet(first.destination, target, less)
        }
        let more: HostCondition = isSigned ? .greaterOrEqual : .aboveOrEqual
        branchOnFlags(second.operation == .bne ? less : more, second, index + 1)
        return 2
    }

    /// A shift to the left and as far back: an extended byte or half.
    private mutating func extended(
        _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Int? {
        let destination = first.destination
        guard first.immediate == second.immediate, second.source1 == destination,
            second.destination == destination, destination != DecodedInstruction.sinkRegister,
            facts.value(of: first.source1) == nil
        else { return nil }
        switch (second.operation, first.immediate) {
        case (.srli, 24): extend(.unsignedByte, destination, first.source1)
        case (.srli, 16): extend(.unsignedHalf, destination, first.source1)
        case (.srai, 24): extend(.signedByte, destination, first.source1)
        case (.srai, 16): extend(.signedHalf, destination, first.source1)
        default: return nil
        }
        return 2
    }

    /// Both halves of one product.
    private mutating func wholeProduct(
        _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Int? {
        let isLowFirst = first.operation == .mul
        let (low, high) = isLowFirst ? (first, second) : (second, first)
        // MULHSU tells its operands apart; the low half does not care.
        let isSame = low.source1 == high.source1 && low.source2 == high.source2
        let isExchanged =
            low.source1 == high.source2 && low.source2 == high.source1 && high.operation != .mulhsu
        let sink = DecodedInstruction.sinkRegister
        guard isSame || isExchanged, low.destination != sink, high.destination != sink,
            first.destination != second.source1, first.destination != second.source2,
            low.destination != high.destination
        else { return nil }
        product(high.source1, high.source2, high.operation)
        write(low.destination, from: .rax)
        assembler.shift(.rightLogical, .register(.rax), by: 32, wide: true)
        write(high.destination, from: .rax)
        facts.wrote(low.destination)
        facts.wrote(high.destination)
        return 2
    }

    /// A sum and its carry.
    private mutating func addWithCarry(
        _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Int? {
        guard isCarry(second, of: first) else { return nil }
        let cleared = setTarget(second.destination, first.source1, first.source2)
        addForFlags(first)
        finishSet(second.destination, cleared, .below)
        return 2
    }

    /// Writes the code of a sum, and of adding its carry to something else (`Combination`); whether the three
    /// instructions from `index` on are that.
    mutating func lowerSumAndCarry(_ index: Int) -> Bool {
        let mark = BlockMap.Mark.self
        guard index + 2 < instructionCount, marks[index + 1] & mark.start == 0,
            marks[index + 1] & mark.unneeded != 0, marks[index + 2] & mark.combined != 0,
            case .carry(index + 1)? = Combination.completed(by: index + 2, code)
        else { return false }
        let (first, second) = (code.instructions[index], code.instructions[index + 1])
        let last = code.instructions[index + 2]
        guard isCarry(second, of: first), last.destination != DecodedInstruction.sinkRegister
        else { return false }
        addForFlags(first)
        addCarry(last, of: second)
        facts.wrote(last.destination)
        return true
    }

    /// Whether sum = a + b and carry = sum < a (or b).
    private func isCarry(_ carry: DecodedInstruction, of sum: DecodedInstruction) -> Bool {
        let (target, left, right) = (sum.destination, sum.source1, sum.source2)
        let sink = DecodedInstruction.sinkRegister
        return target != sink && carry.destination != sink && carry.source1 == target
            && target != carry.destination
            && (carry.source2 == left || carry.source2 == right)
            && carry.source2 != target && left != right
            && facts.value(of: left) == nil && facts.value(of: right) == nil
    }

    /// ADD, with the carry in the flags.
    private mutating func addForFlags(_ sum: DecodedInstruction) {
        let (destination, left, right) = (sum.destination, sum.source1, sum.source2)
        let target = destination == right ? HostRegister.rax : target(destination)
        assembler.move(target, from: place(left))
        assembler.arithmetic(.add, target, place(right))
        // MOV leaves the flags alone.
        write(destination, from: target)
        facts.wrote(destination)
    }

    /// An index, shifted into place, and the base added to it.
    private mutating func indexedAddress(
        _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Int? {
        let shifted = first.destination
        guard first.immediate >= 1, first.immediate <= 3, second.destination == shifted,
            shifted != DecodedInstruction.sinkRegister,
            (second.source1 == shifted) != (second.source2 == shifted),
            let index = place(first.source1).register
        else { return nil }
        let base = second.source1 == shifted ? second.source2 : second.source1
        guard let register = place(base).register, facts.value(of: base) == nil,
            facts.value(of: first.source1) == nil
        else { return nil }
        let shift = UInt8(first.immediate)
        let known = min(
            facts.alignment(of: base),
            min(RegisterFacts.zeroBitCountMax, facts.alignment(of: first.source1) + shift))
        let target = target(shifted)
        assembler.add(target, register, index, shiftedBy: shift)
        write(shifted, from: target)
        facts.wrote(shifted, alignment: known)
        return 2
    }
}

/// Which operations of two instructions side by side `lowerFused` may make one of.
struct InstructionPairs {
    /// For each operation those that may follow it.
    private let seconds: [OperationSet] = Operation.allCases.map { first in
        OperationSet { second in
            switch (first, second) {
            case (.lui, .addi), (.auipc, .addi), (.add, .sltu), (.slli, .add): true
            case (.slli, .srli), (.slli, .srai): true
            case (.slt, _), (.sltu, _), (.slti, _), (.sltiu, _): second == .beq || second == .bne
            case (.mul, .mulh), (.mul, .mulhu), (.mul, .mulhsu), (.mulh, .mul), (.mulhu, .mul),
                (.mulhsu, .mul):
                true
            default: false
            }
        }
    }

    /// Whether two instructions may be a pair.
    @inline(__always)
    func mayBegin(_ first: DecodedInstruction, _ second: DecodedInstruction) -> Bool {
        seconds[Int(first.operation.rawValue)].bit(second.operation) != 0
    }
}
