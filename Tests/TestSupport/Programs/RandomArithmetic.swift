/// Random instructions that neither jump nor look at memory, and the short sequences that compilers
/// write and translators take as one.
public struct RandomArithmetic: Sendable {
    /// The registers that may be written, x0 among them.
    public var destinations: [UInt32]

    /// The registers that may be read.
    public var sources: [UInt32]

    public init(destinations: [UInt32], sources: [UInt32]) {
        self.destinations = destinations
        self.sources = sources
    }

    /// One instruction. A third of them name a register twice or thrice.
    public func instruction(_ random: inout SeededRandom) -> UInt32 {
        let (rd, rs1, rs2) = registers(&random)
        let function3 = random.number(8)
        switch random.number(8) {
        case 0, 1: return Assembler.register(1, function3, rd, rs1, rs2)
        case 2, 3: return Assembler.register(0, function3, rd, rs1, rs2)
        case 4: return Assembler.register(0x20, random.isOne(in: 2) ? 0 : 5, rd, rs1, rs2)
        case 5: return shift(rd, rs1, &random)
        case 6:
            let upper = random.operand() >> 12
            return random.isOne(in: 2) ? Assembler.lui(rd, upper) : Assembler.auipc(rd, upper)
        default:
            // 1 and 5 are the shifts, whose immediates are not free.
            let operation = function3 == 1 || function3 == 5 ? 0 : function3
            return Assembler.immediate(0x13, operation, rd, rs1, immediate(&random))
        }
    }

    /// Up to `count` instructions, single ones and idioms.
    public func sequence(_ count: UInt32, _ random: inout SeededRandom) -> [UInt32] {
        var words: [UInt32] = []
        while words.count < count {
            if random.isOne(in: 3) {
                words += idiom(&random)
            } else {
                words.append(instruction(&random))
            }
        }
        return words
    }

    private func registers(_ random: inout SeededRandom) -> (UInt32, UInt32, UInt32) {
        let rd = random.choice(destinations)
        let (rs1, rs2) = (random.choice(sources), random.choice(sources))
        switch random.number(12) {
        case 0: return (rd, rd, rd)
        case 1: return (rd, rd, rs2)
        case 2: return (rd, rs1, rd)
        case 3: return (rd, rs1, rs1)
        default: return (rd, rs1, rs2)
        }
    }

    private func immediate(_ random: inout SeededRandom) -> Int32 {
        let edges: [Int32] = [0, 1, -1, 2, 4, 8, 127, 128, -128, -129, 255, 2047, -2048]
        return random.isOne(in: 2) ? random.choice(edges) : Int32(random.number(4096)) - 2048
    }

    private func shift(_ rd: UInt32, _ rs1: UInt32, _ random: inout SeededRandom) -> UInt32 {
        let count = Int32(random.choice([0, 1, 8, 16, 24, 31, random.number(32)]))
        switch random.number(3) {
        case 0: return Assembler.immediate(0x13, 1, rd, rs1, count)
        case 1: return Assembler.immediate(0x13, 5, rd, rs1, count)
        default: return Assembler.immediate(0x13, 5, rd, rs1, count | 0x400)
        }
    }
}

// Pairs and triples. Registers are drawn independently, so that each also comes in the forms that must
// not be taken as one: a second instruction that reads something else, a first one that overwrites what
// the second reads.
extension RandomArithmetic {
    /// One sequence.
    public func idiom(_ random: inout SeededRandom) -> [UInt32] {
        let (rd, rs1, rs2) = registers(&random)
        let (other, _, _) = registers(&random)
        switch random.number(15) {
        case 0: return constant(rd, other, &random)
        case 10...12: return rotation(rd, other, rs1, rs2, &random)
        case 13, 14: return usedCarry(rd, other, rs1, rs2, &random)
        case 1, 2: return wideProduct(rd, other, rs1, rs2, &random)
        case 3: return division(rd, other, rs1, rs2, &random)
        case 4, 5: return carry(rd, other, rs1, rs2, &random)
        case 6: return twoShifts(rd, other, rs1, &random)
        case 7: return scaledIndex(rd, other, rs1, rs2, &random)
        case 8: return condition(rd, other, rs1, rs2, &random)
        default: return computedConstant(rd, other, &random)
        }
    }

    private func constant(
        _ rd: UInt32, _ other: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        let upper = random.operand() >> 12
        let first =
            random.isOne(in: 2) ? Assembler.lui(rd, upper) : Assembler.auipc(rd, upper)
        let target = random.isOne(in: 3) ? other : rd
        let operation = random.choice([0, 0, 0, 4, 6, 7] as [UInt32])
        return [first, Assembler.immediate(0x13, operation, target, rd, immediate(&random))]
    }

    /// MUL and one of the MULH, in both orders.
    private func wideProduct(
        _ low: UInt32, _ high: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        let swapped = random.isOne(in: 4)
        let function3 = 1 + random.number(3)
        let pair = [
            Assembler.register(1, 0, low, rs1, rs2),
            Assembler.register(1, function3, high, swapped ? rs2 : rs1, swapped ? rs1 : rs2),
        ]
        return random.isOne(in: 2) ? pair : pair.reversed()
    }

    private func division(
        _ quotient: UInt32, _ remainder: UInt32, _ rs1: UInt32, _ rs2: UInt32,
        _ random: inout SeededRandom
    ) -> [UInt32] {
        let unsigned = random.number(2)
        let pair = [
            Assembler.register(1, 4 + unsigned, quotient, rs1, rs2),
            Assembler.register(1, 6 + unsigned, remainder, rs1, rs2),
        ]
        return random.isOne(in: 2) ? pair : pair.reversed()
    }

    /// An addition and its carry, or a borrow and its subtraction.
    private func carry(
        _ rd: UInt32, _ other: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        if random.isOne(in: 3) {
            return [
                Assembler.register(0, 3, other, rs1, rs2),
                Assembler.register(0x20, 0, rd, rs1, rs2),
            ]
        }
        let compared = random.isOne(in: 2) ? rs1 : rs2
        let sum = [
            Assembler.register(0, 0, rd, rs1, rs2), Assembler.register(0, 3, other, rd, compared),
        ]
        let high = Assembler.register(0, 0, other, random.choice(sources), other)
        return random.isOne(in: 2) ? sum : sum + [high]
    }

    /// A carry or a borrow and what it is added to or taken from, maybe with something between; often the
    /// carry is overwritten soon.
    private func usedCarry(
        _ rd: UInt32, _ other: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        var words: [UInt32] = []
        if random.isOne(in: 2) { words.append(Assembler.register(0, 0, rd, rs1, rs2)) }
        let left = random.isOne(in: 2) ? rd : random.choice(sources)
        words.append(Assembler.register(0, 3, other, left, random.isOne(in: 2) ? rs1 : rs2))
        if random.isOne(in: 3) { words.append(instruction(&random)) }
        let (target, high) = (random.choice(destinations + [other]), random.choice(sources))
        let function7: UInt32 = random.isOne(in: 3) ? 0x20 : 0
        words.append(
            random.isOne(in: 3)
                ? Assembler.register(function7, 0, target, other, high)
                : Assembler.register(function7, 0, target, high, other))
        if random.isOne(in: 3) { words.append(instruction(&random)) }
        words.append(Assembler.addi(other, random.choice(sources), immediate(&random)))
        return words
    }

    /// Zero and sign extension, and the shortest rotation.
    private func twoShifts(
        _ rd: UInt32, _ other: UInt32, _ rs1: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        let count = random.choice([16, 24, Int32(random.number(32))])
        let left = Assembler.immediate(0x13, 1, rd, rs1, count)
        if random.isOne(in: 2) {
            let arithmetic: Int32 = random.isOne(in: 2) ? 0x400 : 0
            return [left, Assembler.immediate(0x13, 5, rd, rd, count | arithmetic)]
        }
        let right = Assembler.immediate(0x13, 5, other, rs1, (32 - count) & 31)
        let joined = Assembler.register(0, random.choice([6, 4, 0]), rd, rd, other)
        return [left, right, joined]
    }

    /// A rotation, or half of one of two registers: the shifts in either order, maybe with something
    /// between, and what joins them. Often what they wrote is overwritten soon.
    private func rotation(
        _ rd: UInt32, _ other: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        let count = Int32(1 + random.number(31))
        let rest = random.isOne(in: 8) ? count : 32 - count
        let source = random.isOne(in: 2) ? rs1 : rs2
        let left = Assembler.immediate(0x13, 1, rd, rs1, count)
        let right = Assembler.immediate(0x13, 5, other, source, rest)
        var words = random.isOne(in: 2) ? [left, right] : [right, left]
        if random.isOne(in: 3) { words.insert(instruction(&random), at: 1) }
        if random.isOne(in: 6) { words.append(instruction(&random)) }
        let target = random.choice([rd, other, random.choice(destinations)])
        let operation = random.choice([0, 4, 6, 6] as [UInt32])
        words.append(
            random.isOne(in: 2)
                ? Assembler.register(0, operation, target, rd, other)
                : Assembler.register(0, operation, target, other, rd))
        for register in [rd, other] where !random.isOne(in: 3) {
            if random.isOne(in: 3) { words.append(instruction(&random)) }
            words.append(Assembler.addi(register, random.choice(sources), immediate(&random)))
        }
        return words
    }

    private func scaledIndex(
        _ rd: UInt32, _ other: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        let scale = Int32(1 + random.number(3))
        return [
            Assembler.immediate(0x13, 1, rd, rs1, scale),
            Assembler.register(0, 0, other, random.isOne(in: 2) ? rd : rs2, rd),
        ]
    }

    /// A comparison made of several instructions.
    private func condition(
        _ rd: UInt32, _ other: UInt32, _ rs1: UInt32, _ rs2: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        switch random.number(5) {
        case 0:
            return [
                Assembler.register(0, 4, rd, rs1, rs2), Assembler.immediate(0x13, 3, other, rd, 1),
            ]
        case 1:
            return [
                Assembler.register(0x20, 0, rd, rs1, rs2), Assembler.register(0, 3, other, 0, rd),
            ]
        case 2:
            return [
                Assembler.register(0, 2, rd, rs1, rs2), Assembler.immediate(0x13, 4, other, rd, 1),
            ]
        case 3:
            return [
                Assembler.register(0, 2, rd, rs1, rs2), Assembler.register(0x20, 0, rd, 0, rd),
                Assembler.register(0, 7, other, rd, rs1),
            ]
        default:
            return [
                Assembler.immediate(0x13, 4, rd, rs1, -1),
                Assembler.register(0x20, 0, other, 0, rd),
            ]
        }
    }

    /// Operands that a translator knows.
    private func computedConstant(
        _ rd: UInt32, _ other: UInt32, _ random: inout SeededRandom
    ) -> [UInt32] {
        let operation = random.choice([0, 1] as [UInt32])
        return Assembler.li(rd, random.operand()) + Assembler.li(other, random.operand()) + [
            Assembler.register(operation, random.number(8), rd, rd, other),
            shift(other, rd, &random),
        ]
    }
}
