import RISCV
import TestSupport

/// A comparison drawn at random: a program of any kind, the rules, and how far the machines go between two
/// looks. One seed says it all.
struct MachineCase {
    let seed: UInt64
    let program: TestProgram
    let setup: MachineSetup
    let stride: Lockstep.Stride
    let cycleCountMax: Int64

    init(seed: UInt64) {
        var random = SeededRandom(seed: seed &* 0x2545_f491_4f6c_dd1d)
        self.seed = seed
        var setup = random.choice([
            MachineSetup.sp1, .sp1, .sp1, .riscZero, .riscZero, .riscZero, .riscZeroUser,
            .riscZeroKernel,
        ])
        if random.isOne(in: 8) { setup.model = random.isOne(in: 2) ? .uniform : .riscZero }
        stride = random.choice(Lockstep.Stride.allCases)
        switch random.number(16) {
        case 0:
            // One block, longer than translated code pays for at once now and then.
            var shape = WildProgram.Shape(addresses: setup.borders)
            shape.instructionCount = 200 + random.number(2000)
            shape.isStraight = true
            program = WildProgram(seed: seed, shape: shape).program()
            cycleCountMax = Int64(random.number(5000))
        case 1..<5:
            program = Self.structured(seed, &random)
            cycleCountMax = random.isOne(in: 8) ? 1 << 22 : 1 << 16
        case 5..<8:
            let catalogue = TrapCatalogue(rules: setup.rules)
            program = catalogue.program(
                random.choice(catalogue.entries), position: Int(random.number(12)),
                way: random.choice(TrapCatalogue.Way.allCases))
            cycleCountMax = Int64(random.number(random.isOne(in: 2) ? 64 : 512))
        default:
            program = Self.wild(seed, setup, &random)
            cycleCountMax = Int64(1 + random.number(1 << (1 + random.number(11))))
            if random.isOne(in: 8) {
                setup.memoryByteCountMax = Int(3 + random.number(3)) << RISCVLimits.unitShift
            }
        }
        self.setup = setup
    }

    private static func structured(_ seed: UInt64, _ random: inout SeededRandom) -> TestProgram {
        var shape = RandomProgram.Shape()
        shape.instructionCount = Int(random.number(1 << (3 + random.number(8))))
        shape.functionCount = random.number(5)
        shape.entersLast = random.isOne(in: 2)
        shape.callsHost = random.isOne(in: 3)
        shape.writesText = random.isOne(in: 3)
        shape.hasChoices = seed % 2 == 1
        shape.movesStack = seed % 3 == 1
        shape.start += random.isOne(in: 2) ? 0 : random.number(1 << 14) * 4
        shape.ending = random.isOne(in: 4) ? .endOfText : .breakpoint
        return RandomProgram(seed: seed, shape: shape).program()
    }

    private static func wild(
        _ seed: UInt64, _ setup: MachineSetup, _ random: inout SeededRandom
    ) -> TestProgram {
        var shape = WildProgram.Shape(addresses: setup.borders)
        shape.instructionCount = 4 + random.number(1 << (2 + random.number(6)))
        shape.hasIllegalWords = !setup.rules.textIsFixed
        if random.isOne(in: 4) { shape.start = setup.rules.dataLow + random.number(1 << 17) * 4 }
        return WildProgram(seed: seed, shape: shape).program()
    }

    /// Compares two machines.
    func compare(_ first: MachineKind, _ second: MachineKind) throws -> Lockstep.Outcome {
        try Self.compare(
            LoadedProgram(program, setup), first, second, cycleCountMax, stride, seed: seed)
    }

    /// The smallest program that was found in which two machines still differ.
    func minimised(_ first: MachineKind, _ second: MachineKind) -> TestProgram {
        Minimiser { program in
            // A program that the rules refuse shows no difference.
            guard let loaded = try? LoadedProgram(program, setup),
                let outcome = try? Self.compare(
                    loaded, first, second, cycleCountMax, stride, seed: seed)
            else { return false }
            return outcome.difference != nil
        }.minimise(program)
    }

    private static func compare(
        _ loaded: LoadedProgram, _ first: MachineKind, _ second: MachineKind,
        _ cycleCountMax: Int64, _ stride: Lockstep.Stride, seed: UInt64
    ) throws -> Lockstep.Outcome {
        try Lockstep(loaded, first.machine(loaded), second.machine(loaded))
            .run(cycleCountMax: cycleCountMax, stride: stride, seed: seed)
    }
}

/// The machines that can be compared.
enum MachineKind: CaseIterable {
    case specification
    /// The reference engine, block by block.
    case interpreter
    /// The machine one instruction at a time, whatever the engine.
    case stepwise
    /// Translated code, as far as it goes.
    case translator
    /// The same, entered anew whenever it can be.
    case paths

    func machine(_ loaded: LoadedProgram) throws -> any ComparedMachine {
        switch self {
        case .specification: SpecificationMachine(loaded)
        case .interpreter: try ProductMachine(loaded, .interpreter)
        case .stepwise: try ProductMachine(loaded, .stepwise)
        case .translator: try ProductMachine(loaded, .translator)
        case .paths: try ProductMachine(loaded, .paths)
        }
    }
}
