// Statements that write the stack pointer as compilers do for large frames, frames of a size that is not known
// beforehand, and at the start of a program.
extension RandomProgram {
    /// Moves the stack pointer up, and down again behind some instructions.
    mutating func moveStack() {
        let byteCount = random.choice([0, 4, 16, 64, 4, 16, 1, 2, 3, 6] as [Int32])
        moveStack(by: byteCount)
        for _ in 0..<random.number(3) { writer.append(arithmetic.sequence(1, &random)) }
        for _ in 0..<random.number(3) { stackAccess(isAligned: byteCount & 3 == 0) }
        if random.isOne(in: 3) { skipOne() }
        if random.isOne(in: 6) { memoryAccesses() }
        moveStack(by: -byteCount)
    }

    private mutating func moveStack(by byteCount: Int32) {
        let register = random.choice(arithmetic.destinations.filter { $0 != 0 })
        let amount = random.isOne(in: 2) ? byteCount : -byteCount
        switch random.number(4) {
        case 0:
            setAmount(register, amount)
            writeStack(register, isSum: amount == byteCount)
        case 1:
            let beyond = Int32(random.number(64))
            writer.append(Assembler.addi(register, Self.stack, byteCount + beyond))
            between()
            writer.append(Assembler.addi(Self.stack, register, -beyond))
        case 2:
            writer.append(Assembler.li(Self.base, shape.data.upperBound - 4))
            writer.append(Assembler.addi(register, Self.stack, byteCount))
            writer.append(Assembler.store(2, register, 0, Self.base))
            between()
            writer.append(Assembler.load(2, Self.stack, 0, Self.base))
        default: writer.append(Assembler.addi(Self.stack, Self.stack, byteCount))
        }
    }

    private mutating func setAmount(_ register: UInt32, _ amount: Int32) {
        if random.isOne(in: 2) {
            writer.append(Assembler.li(register, UInt32(bitPattern: amount)))
        } else {
            // A value that no translator knows.
            writer.append(Assembler.addi(register, Self.stack, amount))
            writer.append(Assembler.register(0x20, 0, register, register, Self.stack))
        }
    }

    private mutating func writeStack(_ register: UInt32, isSum: Bool) {
        if isSum {
            let isSwapped = random.isOne(in: 2)
            let (left, right) = isSwapped ? (register, Self.stack) : (Self.stack, register)
            writer.append(Assembler.register(0, 0, Self.stack, left, right))
        } else {
            writer.append(Assembler.register(0x20, 0, Self.stack, Self.stack, register))
        }
    }

    /// What leaves the registers in use alone.
    private mutating func between() {
        if random.isOne(in: 3) { writer.append(Assembler.addi(0, 0, 1)) }
    }

    private mutating func stackAccess(isAligned: Bool) {
        let width = isAligned || random.isOne(in: 12) ? random.number(3) : 0
        let offset = Int32(random.number(8)) * 4
        let rd = random.choice(arithmetic.destinations)
        writer.append(
            random.isOne(in: 2)
                ? Assembler.load(width, rd, offset, Self.stack)
                : Assembler.store(width, random.choice(arithmetic.sources), offset, Self.stack))
    }
}
