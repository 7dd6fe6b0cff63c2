import TestSupport

/// Writes random programs that always end: straight code, forward branches, calls through JAL and JALR,
/// short counted loops, loads and stores inside a data area.
///
/// Register 31 holds the data area, 30 counts loops and 29 holds return addresses; all others are free,
/// x0 as a destination included.
struct RandomProgram {
    private static let base: UInt32 = 31
    private static let counter: UInt32 = 30
    private static let link: UInt32 = 29

    private var random: SeededRandom
    private let data: UInt32

    init(seed: UInt64, data: UInt32) {
        random = SeededRandom(seed: seed)
        self.data = data
    }

    /// The program, with Linux's `write` and `exit` at its end.
    mutating func text(instructionCount: Int) -> [UInt32] {
        var text = Assembler.li(Self.base, data + 512)
        for register in 1..<29 as Range<UInt32> { text += Assembler.li(register, value()) }
        while text.count < instructionCount {
            switch number(12) {
            case 0: text += loop()
            case 1: text += forwardBranch()
            case 2: text += jump()
            case 3...5: text.append(memoryAccess())
            default: text.append(arithmetic())
            }
        }
        return text + ending()
    }

    /// Stores x0 to x31 in front of the data area, writes both, and exits.
    private func ending() -> [UInt32] {
        let registers = (0..<32 as Range<UInt32>).map { register in
            Assembler.store(2, register, Int32(register) * 4 - 640, Self.base)
        }
        let write =
            Assembler.li(17, 64) + Assembler.li(10, 1) + Assembler.li(11, data - 128)
            + Assembler.li(12, 128 + 1024) + [Assembler.ecall]
        let exit = Assembler.li(17, 93) + Assembler.li(10, 0) + [Assembler.ecall]
        return registers + write + exit
    }

    private mutating func number(_ bound: UInt32) -> UInt32 {
        UInt32.random(in: 0..<bound, using: &random)
    }

    /// Random bits, or one of the values at which arithmetic has edges.
    private mutating func value() -> UInt32 {
        let edges: [UInt32] = [
            0, 1, 2, 31, 32, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ffff, 0xffff_fffe,
            0x7fff, 0x8000, 0xffff, 0x80, 0xff,
        ]
        return number(2) == 0 ? edges[Int(number(15))] : number(.max)
    }

    private mutating func source() -> UInt32 { number(30) }

    private mutating func destination() -> UInt32 { number(29) }

    private mutating func arithmetic() -> UInt32 {
        let (rd, rs1, rs2) = (destination(), source(), source())
        let function3 = number(8)
        switch number(7) {
        case 0, 1: return Assembler.register(1, function3, rd, rs1, rs2)
        case 2: return Assembler.register(0, function3, rd, rs1, rs2)
        case 3: return Assembler.register(0x20, number(2) == 0 ? 0 : 5, rd, rs1, rs2)
        case 4: return number(2) == 0 ? Assembler.lui(rd, number(1 << 20)) : shift(rd, rs1)
        case 5: return Assembler.auipc(rd, number(1 << 20))
        default:
            // 1 and 5 are the shifts, whose immediates are not free.
            let operation = function3 == 1 || function3 == 5 ? 0 : function3
            return Assembler.immediate(0x13, operation, rd, rs1, Int32(number(4096)) - 2048)
        }
    }

    private mutating func shift(_ rd: UInt32, _ rs1: UInt32) -> UInt32 {
        let count = Int32(number(32))
        switch number(3) {
        case 0: return Assembler.immediate(0x13, 1, rd, rs1, count)
        case 1: return Assembler.immediate(0x13, 5, rd, rs1, count)
        default: return Assembler.immediate(0x13, 5, rd, rs1, count | 0x400)
        }
    }

    private mutating func memoryAccess() -> UInt32 {
        let width = number(3)
        let offset = (Int32(number(1024)) - 512) & ~((1 << Int32(width)) - 1)
        if number(2) == 0 { return Assembler.store(width, source(), offset, Self.base) }
        let function3 = width < 2 && number(2) == 0 ? width + 4 : width
        return Assembler.load(function3, destination(), offset, Self.base)
    }

    private mutating func straight(_ count: UInt32) -> [UInt32] {
        (0..<count).map { _ in number(4) == 0 ? memoryAccess() : arithmetic() }
    }

    private mutating func forwardBranch() -> [UInt32] {
        let functions: [UInt32] = [0, 1, 4, 5, 6, 7]
        let body = straight(number(6))
        let skip = Int32(body.count + 1) * 4
        return [Assembler.branch(functions[Int(number(6))], source(), source(), skip)] + body
    }

    private mutating func loop() -> [UInt32] {
        let body = straight(1 + number(6))
        let back = -Int32(body.count + 1) * 4
        return [Assembler.addi(Self.counter, 0, Int32(1 + number(5)))] + body + [
            Assembler.addi(Self.counter, Self.counter, -1),
            Assembler.branch(1, Self.counter, 0, back),
        ]
    }

    /// A call forward with JAL, or with AUIPC and JALR, over some instructions that never run.
    private mutating func jump() -> [UInt32] {
        let skipped = straight(number(4))
        let distance = Int32(skipped.count) * 4
        if number(2) == 0 { return [Assembler.jal(Self.link, distance + 4)] + skipped }
        return [
            Assembler.auipc(Self.link, 0), Assembler.jalr(Self.link, Self.link, distance + 8),
        ] + skipped
    }
}
