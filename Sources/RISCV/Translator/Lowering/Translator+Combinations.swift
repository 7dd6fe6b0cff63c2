// What is several instructions of the guest (`Combination`).
extension Translator {
    /// Writes the code of the instruction that completes a combination.
    mutating func lowerCombined(_ index: Int) {
        let last = code.instructions[index]
        guard last.destination != DecodedInstruction.sinkRegister else { return }
        switch Combination.completed(by: index, code) {
        case .rotation(let left, let right):
            lowerRotation(last.destination, code.instructions[left], code.instructions[right])
        case .carry(let comparison):
            let compared = code.instructions[comparison]
            compare(compared.source1, compared.source2)
            addCarry(last, of: compared)
        case nil: preconditionFailure("`Combinations` marks none but them")
        }
        facts.wrote(last.destination)
    }

    /// Adds the carry of the flags, or takes away the borrow, as `last` does with the outcome of a
    /// comparison.
    mutating func addCarry(_ last: DecodedInstruction, of comparison: DecodedInstruction) {
        let isSecond = last.source2 == comparison.destination
        let target = target(last.destination)
        // MOV leaves the flags alone.
        assembler.move(target, from: place(isSecond ? last.source1 : last.source2))
        let kind = last.operation == .sub ? HostArithmetic.sbb : .adc
        assembler.arithmetic(kind, .register(target), immediate: 0)
        write(last.destination, from: target)
    }

    private mutating func lowerRotation(
        _ destination: UInt8, _ left: DecodedInstruction, _ right: DecodedInstruction
    ) {
        if left.source1 == right.source1 {
            let (source, target) = (read(left.source1, .rax), target(destination))
            let count = UInt8(truncatingIfNeeded: right.immediate)
            assembler.rotateRight(target, .register(source), by: count)
            write(destination, from: target)
        } else {
            rotateHalf(destination, left, right)
        }
    }

    /// destination = high << n | low >> (32 - n).
    private mutating func rotateHalf(
        _ destination: UInt8, _ left: DecodedInstruction, _ right: DecodedInstruction
    ) {
        let (high, low) = (left.source1, right.source1)
        let target = target(destination)
        if place(destination).isRegister, destination == low {
            let filling = read(high, .rcx)
            let count = UInt8(truncatingIfNeeded: right.immediate)
            return assembler.shift(.rightLogical, target, filling: filling, by: count)
        }
        let filling = read(low, .rcx)
        assembler.move(target, from: place(high))
        assembler.shift(
            .left, target, filling: filling, by: UInt8(truncatingIfNeeded: left.immediate))
        write(destination, from: target)
    }
}
