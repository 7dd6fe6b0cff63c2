import RISCV
import TestSupport
import Testing

/// Every operation behind every other, for what a translator makes of neighbours.
@Suite struct PairTests {
    private static let data: UInt32 = 0x0030_0400

    /// How often each pair comes, with other registers.
    private static let repetitionCount = 5

    /// By how many bits a shift goes: those of indices, and those of bytes and halves.
    private static func shift(_ random: inout SeededRandom) -> Int32 {
        random.choice([1, 2, 3, 16, 24])
    }

    /// One instruction of each operation; branches skip what comes next, JAL goes there.
    private static func operations(_ random: inout SeededRandom) -> [UInt32] {
        // Few registers, so that most pairs depend on each other.
        let numbers: [UInt32] = [0, 5, 6]
        var words: [UInt32] = []
        var (rd, rs1, rs2) = (UInt32(0), UInt32(0), UInt32(0))
        func draw() {
            (rd, rs1, rs2) = (
                random.choice(numbers), random.choice(numbers), random.choice(numbers)
            )
        }
        for function3 in 0..<8 as Range<UInt32> {
            for function7 in [0, 1] as [UInt32] {
                draw()
                words.append(Assembler.register(function7, function3, rd, rs1, rs2))
            }
            draw()
            let isShift = function3 == 1 || function3 == 5
            var value = Int32(random.number(4095)) - 2047
            if isShift { value = Self.shift(&random) }
            if function3 == 7, random.isOne(in: 2) { value = 0xff }
            words.append(Assembler.immediate(0x13, function3, rd, rs1, value))
        }
        draw()
        words.append(Assembler.immediate(0x13, 5, rd, rs2, 0x400 | Self.shift(&random)))
        words.append(Assembler.register(0x20, 0, rd, rs1, rs2))
        words.append(Assembler.register(0x20, 5, rs1, rs2, rd))
        words.append(Assembler.lui(rd, random.number(1 << 20)))
        words.append(Assembler.auipc(rs1, random.number(1 << 20)))
        for condition in [0, 1, 4, 5, 6, 7] as [UInt32] {
            draw()
            words.append(Assembler.branch(condition, rs1, random.isOne(in: 2) ? 0 : rs2, 8))
        }
        for width in [0, 1, 2, 4, 5] as [UInt32] {
            draw()
            words.append(Assembler.load(width, rd, Int32(random.number(64)) * 4, 31))
            if width < 3 {
                words.append(Assembler.store(width, rs2, Int32(random.number(64)) * 4, 31))
            }
        }
        words.append(Assembler.jal(rd, 4))
        return words
    }

    /// The second instruction, reading what the first wrote; a branch compares it with zero, a shift to the
    /// right goes as far as the one to the left before it.
    private static func reading(_ first: UInt32, _ second: UInt32) -> UInt32 {
        let written: UInt32 = (first >> 7) & 31
        let source1: UInt32 = 31 << 15
        let source2: UInt32 = 31 << 20
        let changed: UInt32 = (second & ~source1) | (written << 15)
        let (left, right) = (first & 0x707f == 0x1013, second & 0x707f == 0x5013)
        if left, right {
            return (changed & ~(source2 | 31 << 7)) | (first & source2) | written << 7
        }
        switch second & 0x7f {
        case 0x13, 0x33: return changed
        case 0x63: return changed & ~source2
        default: return second
        }
    }

    private static func program(_ seed: UInt64) -> TestProgram {
        var random = SeededRandom(seed: seed)
        let count = Self.operations(&random).count
        var text = Assembler.li(31, Self.data)
        for first in 0..<count {
            for second in (0..<count * Self.repetitionCount).map({ $0 % count }) {
                // What is loaded is not known to a translator, what is computed from that neither.
                for register in 5..<7 as Range<UInt32> where !random.isOne(in: 3) {
                    let offset = Int32(random.number(64)) * 4
                    text.append(Assembler.load(2, register, offset, 31))
                }
                // Two in sequence, and something behind for a branch to go to.
                let before = Self.operations(&random)[first]
                let behind = Self.operations(&random)[second]
                text += [before, random.isOne(in: 2) ? behind : Self.reading(before, behind)]
                if random.isOne(in: 2) { text.append(Assembler.addi(8, 8, 1)) }
            }
            text += Assembler.li(5, random.operand()) + Assembler.li(6, random.operand())
        }
        text.append(Assembler.addi(0, 0, 0))
        text.append(Assembler.ebreak)
        var program = TestProgram(name: "pairs \(seed)", text: text)
        program.data = [.init(address: Self.data, bytes: random.bytes(1024))]
        return program
    }

    @Test(arguments: 0..<2 as Range<UInt64>)
    func everyOperationBehindEveryOther(seed: UInt64) throws {
        let program = Self.program(seed)
        for setup in [MachineSetup.sp1, .riscZero] {
            let loaded = try LoadedProgram(program, setup)
            for stride in [Lockstep.Stride.whole, .blocks, .mixed] {
                let outcome = try Lockstep(
                    loaded, SpecificationMachine(loaded), ProductMachine(loaded, .translator)
                ).run(cycleCountMax: 1 << 20, stride: stride, seed: seed)
                #expect(outcome.difference == nil)
                #expect(outcome.exit == .fault(.breakpoint))
            }
        }
    }
}
