// Pairs of instructions that cost less together. A pair is left, or goes on, as a whole; when the
// interpreter executed its first instruction, it executes the second as well.
extension Translator {
    /// Writes the code of two instructions; false when they are no pair after all.
    mutating func lowerFused(
        _ index: Int, _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Bool {
        switch InstructionPair(first.operation, second.operation) {
        case .constant:
            let pc = code.base &+ UInt32(index) &* 4
            let upper = first.operation == .lui ? first.immediate : pc &+ first.immediate
            return constant(first, second, upper)
        case .setAndBranch: return setAndBranch(index, first, second)
        case .wholeProduct: return wholeProduct(first, second)
        case .addWithCarry: return addWithCarry(first, second)
        case .indexedAddress: return indexedAddress(first, second)
        case .extended: return extended(first, second)
        case nil: return false
        }
    }

    /// LUI or AUIPC and the ADDI that completes it.
    private mutating func constant(
        _ first: DecodedInstruction, _ second: DecodedInstruction, _ upper: UInt32
    ) -> Bool {
        guard first.destination == second.source1, first.destination == second.destination,
            first.destination != DecodedInstruction.sinkRegister
        else { return false }
        write(first.destination, value: upper &+ second.immediate)
        return true
    }

    /// A comparison and the branch on its outcome: the flags are there still.
    private mutating func setAndBranch(
        _ index: Int, _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Bool {
        let isOnOutcome =
            second.source1 == first.destination && second.source2 == 0
            || second.source2 == first.destination && second.source1 == 0
        let isImmediate = first.operation == .slti || first.operation == .sltiu
        let isKnown =
            facts.value(of: first.source1) != nil
            && (isImmediate || facts.value(of: first.source2) != nil)
        // The value of x0 is known, but a pair of known operands is no comparison.
        guard isOnOutcome, first.destination != DecodedInstruction.sinkRegister, !isKnown else {
            return false
        }
        let isSigned = first.operation == .slt || first.operation == .slti
        let less: HostCondition = isSigned ? .less : .below
        if isImmediate {
            if facts.value(of: first.source1) != nil { return false }
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
        return true
    }

    /// A shift to the left and as far back: an extended byte or half.
    private mutating func extended(
        _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Bool {
        let destination = first.destination
        guard first.immediate == second.immediate, second.source1 == destination,
            second.destination == destination, destination != DecodedInstruction.sinkRegister,
            facts.value(of: first.source1) == nil
        else { return false }
        switch (second.operation, first.immediate) {
        case (.srli, 24): extend(.unsignedByte, destination, first.source1)
        case (.srli, 16): extend(.unsignedHalf, destination, first.source1)
        case (.srai, 24): extend(.signedByte, destination, first.source1)
        case (.srai, 16): extend(.signedHalf, destination, first.source1)
        default: return false
        }
        return true
    }

    /// Both halves of one product.
    private mutating func wholeProduct(
        _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Bool {
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
        else { return false }
        product(high.source1, high.source2, high.operation)
        write(low.destination, from: .rax)
        assembler.shift(.rightLogical, .register(.rax), by: 32, wide: true)
        write(high.destination, from: .rax)
        facts.wrote(low.destination)
        facts.wrote(high.destination)
        return true
    }

    /// A sum and its carry.
    private mutating func addWithCarry(
        _ first: DecodedInstruction, _ second: DecodedInstruction
    ) -> Bool {
        guard isCarry(second, of: first) else { return false }
        let cleared = setTarget(second.destination, first.source1, first.source2)
        addForFlags(first)
        finishSet(second.destination, cleared, .below)
        return true
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
    ) -> Bool {
        let shifted = first.destination
        guard first.immediate >= 1, first.immediate <= 3, second.destination == shifted,
            shifted != DecodedInstruction.sinkRegister,
            (second.source1 == shifted) != (second.source2 == shifted),
            let index = place(first.source1).register
        else { return false }
        let base = second.source1 == shifted ? second.source2 : second.source1
        guard let register = place(base).register, facts.value(of: base) == nil,
            facts.value(of: first.source1) == nil
        else { return false }
        let shift = UInt8(first.immediate)
        let known = min(
            facts.alignment(of: base),
            min(RegisterFacts.zeroBitCountMax, facts.alignment(of: first.source1) + shift))
        let target = target(shifted)
        assembler.add(target, register, index, shiftedBy: shift)
        write(shifted, from: target)
        facts.wrote(shifted, alignment: known)
        return true
    }
}
