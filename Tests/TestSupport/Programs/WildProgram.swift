/// Writes programs of which nothing is known: any instruction anywhere, jumps to anywhere in the text and
/// out of it, registers that hold addresses near every border. They may run for ever.
public struct WildProgram {
    /// What a program is made of.
    public struct Shape: Sendable {
        public var instructionCount: UInt32 = 48
        public var start = ELFBuilder.textStart

        /// Addresses that registers are near to, besides those of the text.
        public var addresses: [UInt32]

        /// Whether there may be words that are no instructions, which SP1 refuses when it loads them.
        public var hasIllegalWords = false

        /// Whether there is nothing but arithmetic, loads and stores, the latter few.
        public var isStraight = false

        public init(addresses: [UInt32]) {
            self.addresses = addresses
        }
    }

    private let shape: Shape
    private let arithmetic = RandomArithmetic(
        destinations: Array(0..<32), sources: Array(0..<32))
    private var random: SeededRandom
    private let name: String

    public init(seed: UInt64, shape: Shape) {
        self.shape = shape
        random = SeededRandom(seed: seed)
        name = "wild program \(seed)"
    }

    /// The program, with its registers.
    public consuming func program() -> TestProgram {
        var words: [UInt32] = []
        while words.count < shape.instructionCount { words += statement(at: UInt32(words.count)) }
        var program = TestProgram(name: name, start: shape.start, text: words)
        program.entry = shape.start + random.number(shape.instructionCount) * 4
        // 1 to 7 are mostly code, 8 to 23 mostly data, the others numbers.
        program.registers = (0..<32).map { index in
            switch index {
            case 0: 0
            case 1..<8: codeAddress()
            case 8..<24: dataAddress()
            default: random.operand()
            }
        }
        program.data = []
        return program
    }

    private var end: UInt32 { shape.start + shape.instructionCount * 4 }

    /// Mostly in the text; sometimes outside, sometimes odd.
    private mutating func codeAddress() -> UInt32 {
        switch random.number(16) {
        case 0: shape.start &- random.number(8)
        case 1: end &+ random.number(8)
        case 2: shape.start + random.number(shape.instructionCount * 4)
        case 3: random.choice(shape.addresses) &+ random.number(8)
        default: shape.start + random.number(shape.instructionCount) * 4
        }
    }

    private mutating func dataAddress() -> UInt32 {
        let near = random.choice(shape.addresses) &+ random.number(64) &- 32
        switch random.number(6) {
        case 0: return near
        case 1: return random.operand()
        case 2: return codeAddress()
        default: return near & ~3
        }
    }

    private mutating func offset() -> Int32 {
        switch random.number(4) {
        case 0: Int32(random.number(4096)) - 2048
        case 1: random.choice([-2048, 2047, -1024, 1024, -1, 1, 2])
        default: (Int32(random.number(17)) - 8) * 4
        }
    }

    /// The distance from instruction `index` to anywhere in the text or just outside it.
    private mutating func distance(from index: UInt32) -> Int32 {
        let target = Int32(random.number(shape.instructionCount + 4)) - 2
        let distance = (target - Int32(index)) * 4
        // An offset of branches and JAL is even.
        // Over one instruction often: that may become a choice without a jump.
        if random.isOne(in: 6) { return 8 }
        return random.isOne(in: 24) ? distance + 2 : distance
    }

    private mutating func statement(at index: UInt32) -> [UInt32] {
        let (first, second) = (random.number(32), random.number(32))
        let isArithmetic = shape.isStraight && !random.isOne(in: 8)
        switch random.number(isArithmetic ? 8 : shape.isStraight ? 12 : 20) {
        case 0...5: return [arithmetic.instruction(&random)]
        case 6, 7: return arithmetic.idiom(&random)
        case 8, 9: return [Assembler.load(random.choice([0, 1, 2, 4, 5]), first, offset(), data())]
        case 10, 11: return [Assembler.store(random.number(3), first, offset(), data())]
        case 12, 13, 14:
            let condition = random.choice([0, 1, 4, 5, 6, 7] as [UInt32])
            let branch = Assembler.branch(condition, first, second, distance(from: index + 1))
            let comparison = Assembler.register(0, 2 + random.number(2), first, second, data())
            return random.isOne(in: 2)
                ? [comparison, branch]
                : [Assembler.branch(condition, first, second, distance(from: index))]
        case 15: return [Assembler.jal(random.choice([0, 1, first]), distance(from: index))]
        case 16: return [Assembler.jalr(random.choice([0, 1, first]), random.number(8), jump())]
        case 17: return auipcPair(first)
        default: return [rare()]
        }
    }

    private mutating func data() -> UInt32 {
        random.isOne(in: 6) ? random.number(32) : 8 + random.number(16)
    }

    /// The offset of a JALR.
    private mutating func jump() -> Int32 {
        random.isOne(in: 8) ? Int32(random.number(9)) - 4 : (Int32(random.number(9)) - 4) * 4
    }

    private mutating func auipcPair(_ register: UInt32) -> [UInt32] {
        let upper = random.isOne(in: 2) ? 0 : random.choice([1, 0xf_ffff, random.number(1 << 20)])
        let low = offset()
        let second =
            switch random.number(4) {
            case 0: Assembler.jalr(random.choice([register, 1]), register, low & ~3)
            case 1: Assembler.load(2, random.number(32), low, register)
            case 2: Assembler.store(2, random.number(32), low, register)
            default: Assembler.addi(register, register, low)
            }
        return [Assembler.auipc(register, upper), second]
    }

    private mutating func rare() -> UInt32 {
        if shape.hasIllegalWords, random.isOne(in: 4) {
            return UInt32(truncatingIfNeeded: random.next())
        }
        guard random.isOne(in: 3) else { return arithmetic.instruction(&random) }
        let words = [Assembler.ecall, Assembler.ecall, Assembler.ebreak, 0x0ff0_000f, 0xc000_2573]
        return random.choice(words)
    }
}
