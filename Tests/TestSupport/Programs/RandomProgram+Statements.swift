// The kinds of statement that random programs are made of. Bodies are short enough for branches.
extension RandomProgram {
    /// Writes one statement. `level` is how many loops and branches it stands in.
    mutating func statement(level: Int, callable: ArraySlice<CodeWriter.Label>) {
        if shape.movesStack, random.isOne(in: 5) { return moveStack() }
        let kinds: UInt32 = level < 2 ? 20 : 13
        switch random.number(kinds) {
        case 0: computedJump()
        case 1...4: writer.append(arithmetic.sequence(1 + random.number(6), &random))
        case 5...7: memoryAccesses()
        case 8: readModifyWrite()
        case 9: special()
        case 10: jumpOver()
        case 11, 12: skipOne()
        case 13: alternative(level, callable)
        case 14: loop(level, callable)
        case 15: compareAndBranch(level, callable)
        case 16: dispatch(level, callable)
        case 17: copyLoop()
        default: call(callable)
        }
    }

    private mutating func body(_ level: Int, _ callable: ArraySlice<CodeWriter.Label>) {
        // A call in an inner loop would make programs long.
        let callable = level > 1 ? [] : callable
        for _ in 0...random.number(3) { statement(level: level + 1, callable: callable) }
    }

    private mutating func condition() -> UInt32 { random.choice([0, 1, 4, 5, 6, 7]) }

    private mutating func source() -> UInt32 { random.choice(arithmetic.sources) }

    private mutating func destination() -> UInt32 { random.choice(arithmetic.destinations) }

    /// A branch over a body, perhaps with another body on the other side.
    private mutating func alternative(_ level: Int, _ callable: ArraySlice<CodeWriter.Label>) {
        let (otherwise, end) = (writer.label(), writer.label())
        let left = source()
        let right = random.isOne(in: 5) ? left : source()
        writer.branch(condition(), left, right, to: otherwise)
        body(level, callable)
        let hasBoth = random.isOne(in: 2)
        if hasBoth { writer.jal(0, to: end) }
        writer.place(otherwise)
        if hasBoth { body(level, callable) }
        writer.place(end)
    }

    /// A branch over a single instruction, which a translator may turn into a choice: minima, absolute
    /// values. Sometimes on a comparison just before, sometimes over one that is no such instruction.
    mutating func skipOne() {
        let skip = writer.label()
        let rd = destination()
        switch random.number(3) {
        case 0:
            let function3 = 2 + random.number(2)
            let isImmediate = random.isOne(in: 2)
            writer.append(
                isImmediate
                    ? Assembler.immediate(
                        0x13, function3, rd, source(), Int32(random.number(5)) - 2)
                    : Assembler.register(0, function3, rd, source(), source()))
            writer.branch(random.number(2), rd, 0, to: skip)
        case 1: writer.branch(condition(), source(), rd, to: skip)
        default: writer.branch(condition(), source(), source(), to: skip)
        }
        skippedInstruction(rd)
        if shape.hasChoices, random.isOne(in: 2) {
            writer.jal(0, to: skip)
            writer.append(arithmetic.sequence(random.number(3), &random))
        }
        writer.place(skip)
    }

    private mutating func skippedInstruction(_ rd: UInt32) {
        let function3 = random.choice([0, 4, 6, 7] as [UInt32])
        let target = random.isOne(in: 2) ? rd : destination()
        switch random.number(5) {
        case 0:
            writer.append(Assembler.addi(target, source(), Int32(random.number(9)) - 4))
        case 1: writer.append(Assembler.register(0x20, 0, target, source(), source()))
        case 2: writer.append(arithmetic.instruction(&random))
        default: writer.append(Assembler.register(0, function3, target, source(), source()))
        }
    }

    private mutating func loop(_ level: Int, _ callable: ArraySlice<CodeWriter.Label>) {
        let counter = Self.counters[level]
        let (top, entry) = (writer.label(), writer.label())
        writer.append(Assembler.addi(counter, 0, Int32(1 + random.number(5))))
        // Sometimes the first round starts in the middle.
        if random.isOne(in: 4) { writer.jal(0, to: entry) }
        writer.place(top)
        body(level, callable)
        writer.place(entry)
        body(level, callable)
        if shape.hasChoices, random.isOne(in: 2) {
            // Two ways back.
            let end = writer.label()
            writer.append(Assembler.addi(counter, counter, -1))
            writer.branch(0, counter, 0, to: end)
            writer.branch(condition(), source(), source(), to: top)
            skippedInstruction(destination())
            writer.jal(0, to: top)
            writer.place(end)
        } else if random.isOne(in: 2) {
            writer.append(Assembler.addi(counter, counter, -1))
            writer.branch(1, counter, 0, to: top)
        } else {
            // The same with the branch the other way round.
            writer.append(Assembler.addi(counter, counter, -1))
            writer.branch(4, 0, counter, to: top)
        }
    }

    /// A comparison, and a branch on what it gave.
    private mutating func compareAndBranch(
        _ level: Int, _ callable: ArraySlice<CodeWriter.Label>
    ) {
        let skip = writer.label()
        let rd = destination()
        let left = random.isOne(in: 4) ? rd : source()
        switch random.number(4) {
        case 0: writer.append(Assembler.register(0, 2, rd, left, source()))
        case 1: writer.append(Assembler.register(0, 3, rd, left, source()))
        case 2: writer.append(Assembler.immediate(0x13, 2, rd, left, Int32(random.number(9)) - 4))
        default: writer.append(Assembler.immediate(0x13, 3, rd, left, Int32(random.number(9)) - 4))
        }
        if random.isOne(in: 6) { writer.append(arithmetic.instruction(&random)) }
        let other: UInt32 = random.isOne(in: 6) ? source() : 0
        let function3 = random.isOne(in: 6) ? condition() : random.number(2)
        if random.isOne(in: 2) {
            writer.branch(function3, rd, other, to: skip)
        } else {
            writer.branch(function3, other, rd, to: skip)
        }
        body(level, callable)
        writer.place(skip)
    }

    /// JAL, or AUIPC and JALR, over instructions that nothing reaches.
    private mutating func jumpOver() {
        let target = writer.label()
        let link = random.isOne(in: 2) ? Self.code : destination()
        switch random.number(3) {
        case 0: writer.jal(link, to: target)
        case 1: writer.farJump(link, through: Self.code, to: target)
        default: writer.farJump(Self.code, through: Self.code, to: target)
        }
        writer.append(arithmetic.sequence(random.number(4), &random))
        writer.place(target)
    }

    /// A jump to an address in a register, into the middle of straight code or to its end.
    private mutating func computedJump() {
        let block = writer.label()
        let length = 2 + random.number(8)
        let skipped = random.number(length)
        let offset = Int32(random.number(16)) * 4 - 32
        let distance = UInt32(bitPattern: Int32(skipped * 4) - offset)
        writer.address(Self.code, of: block, distance: distance)
        if random.isOne(in: 3) { writer.append(arithmetic.instruction(&random)) }
        let link = random.choice([0, Self.code, destination()])
        writer.append(Assembler.jalr(link, Self.code, offset))
        writer.place(block)
        for _ in 0..<length { writer.append(arithmetic.instruction(&random)) }
    }

    /// A jump through a table in the data, to one of up to four cases that fall into each other.
    private mutating func dispatch(_ level: Int, _ callable: ArraySlice<CodeWriter.Label>) {
        let cases = (0..<4).map { _ in writer.label() }
        let first = UInt32(table.count)
        table += cases
        let index = random.choice(arithmetic.destinations.filter { $0 != 0 })
        writer.append(Assembler.immediate(0x13, 7, index, source(), 3))
        writer.append(Assembler.immediate(0x13, 1, index, index, 2))
        writer.append(Assembler.li(Self.code, tableAddress + first * 4))
        writer.append(Assembler.register(0, 0, Self.code, Self.code, index))
        writer.append(Assembler.load(2, Self.code, 0, Self.code))
        writer.append(Assembler.jalr(destination(), Self.code, 0))
        let end = writer.label()
        for label in cases {
            writer.place(label)
            body(max(level, 1), [])
            if random.isOne(in: 2) { writer.jal(0, to: end) }
        }
        writer.place(end)
    }

    /// A call of a function in one of the ways of the calling convention, or of none.
    private mutating func call(_ callable: ArraySlice<CodeWriter.Label>) {
        guard !callable.isEmpty else { return writer.append(arithmetic.sequence(4, &random)) }
        let target = random.choice(Array(callable))
        writer.append(Assembler.addi(Self.depth, 0, Int32(random.number(5))))
        switch random.number(4) {
        case 0: writer.jal(1, to: target)
        case 1: writer.farJump(1, through: 1, to: target)
        case 2:
            writer.address(Self.code, of: target)
            writer.append(Assembler.jalr(1, Self.code, 0))
        default:
            // The return address is not the one behind the call.
            let back = writer.label()
            writer.address(1, of: back)
            writer.jal(0, to: target)
            writer.append(arithmetic.sequence(1 + random.number(3), &random))
            writer.place(back)
        }
    }

    /// What only some programs have.
    private mutating func special() {
        if shape.callsHost, random.isOne(in: 2) {
            writer.append(Assembler.ecall)
        } else if shape.writesText {
            textStore()
        } else {
            writer.append(arithmetic.idiom(&random))
        }
    }
}
