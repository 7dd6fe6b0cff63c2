import RISCV
import TestSupport
import Testing

/// Stores before, into and behind the text, several of them through one register: what a translator tests
/// once for all of them hits the text with any of them, or with none but those that are not executed.
@Suite struct TextWriteTests {
    private static let data: UInt32 = 0x0030_0400
    private static let base: UInt32 = 5
    private static let counter: UInt32 = 6

    /// Stores, additions to the base and ways out, `rounds` times.
    private static func program(_ seed: UInt64, rounds: UInt32) -> TestProgram {
        var random = SeededRandom(seed: seed)
        let count = 2 + Int(random.number(14))
        var body = (0..<count).map { _ in instruction(&random) }
        // The way out, over what is left of the body and the branch back.
        for index in body.indices where body[index] == 0 {
            body[index] = Assembler.branch(1, 7, 8, Int32(count - index + 2) * 4)
        }
        body.append(Assembler.addi(counter, counter, -1))
        body.append(Assembler.branch(1, counter, 0, Int32(-4 * (count + 1))))
        let behind = (0..<random.number(8)).map { _ in Assembler.addi(9, 9, 1) }
        let text = body + behind + [Assembler.ebreak]
        var program = TestProgram(name: "text writes \(seed)", text: text)
        program.data = [.init(address: data, bytes: random.bytes(256))]
        let end = program.start + UInt32(text.count) * 4
        let border = random.isOne(in: 2) ? program.start : end
        program.registers = (0..<32).map { _ in random.operand() }
        program.registers[Int(counter)] = rounds
        program.registers[Int(base)] = border &+ random.number(32) * 4 &- 80
        if random.isOne(in: 8) { program.registers[Int(base)] = data + 128 }
        // The way out is taken now and then.
        program.registers[8] = program.registers[7] ^ (random.isOne(in: 3) ? 1 : 0)
        return program
    }

    /// Zero for a way out.
    private static func instruction(_ random: inout SeededRandom) -> UInt32 {
        let displacement = Int32(random.number(24)) * 4 - 48
        return switch random.number(9) {
        case 0: Assembler.addi(base, base, Int32(random.number(5)) * 4 - 8)
        case 1: Assembler.load(2, random.isOne(in: 4) ? base : 10, displacement, base)
        case 2: Assembler.store(0, 11, displacement + 1, base)
        case 3: Assembler.store(1, 12, displacement + 2, base)
        case 4: 0
        case 5: Assembler.addi(13, 13, 1)
        default: Assembler.store(2, 14, displacement, base)
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func nearTheText(batch: UInt64) throws {
        for seed in batch * 200..<batch * 200 + 200 {
            let program = Self.program(seed, rounds: 1 + UInt32(seed % 3) * 7)
            try LockstepTests.check(
                program, .riscZero, cycleCountMax: 600,
                stride: Lockstep.Stride.allCases[Int(seed % 4)], seed: seed)
        }
    }
}
