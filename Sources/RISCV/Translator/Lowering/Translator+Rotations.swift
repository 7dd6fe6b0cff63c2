// Rotations, which are three instructions of the guest (`Rotations`).
extension Translator {
    /// Writes the code of the instruction that completes a rotation.
    mutating func lowerRotation(_ index: Int) {
        let destination = code.instructions[index].destination
        guard destination != DecodedInstruction.sinkRegister,
            let parts = Rotations.parts(code, completedBy: index)
        else { return }
        let (left, right) = (code.instructions[parts.left], code.instructions[parts.right])
        if left.source1 == right.source1 {
            rotate(destination, left.source1, right: UInt8(truncatingIfNeeded: right.immediate))
        } else {
            rotateHalf(destination, left, right)
        }
        facts.wrote(destination)
    }

    private mutating func rotate(_ destination: UInt8, _ source: UInt8, right count: UInt8) {
        let target = target(destination)
        assembler.rotateRight(target, place(source), by: count)
        write(destination, from: target)
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
