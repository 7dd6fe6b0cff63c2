import TestSupport
import Testing

@testable import RISCV

/// What short programs don't reach: runs longer than translated code is given at a time, blocks longer than
/// are paid for at once, jumps over megabytes, accesses that only the interpreter does, over and over.
@Suite struct LongRunTests {
    /// Compares translated code with the reference engine, which is fast enough for millions of cycles.
    private func check(
        _ program: TestProgram, _ setup: MachineSetup, limits: [Int64],
        stride: Lockstep.Stride = .whole
    ) throws {
        let loaded = try LoadedProgram(program, setup)
        for limit in limits {
            let lockstep = Lockstep(
                loaded, try ProductMachine(loaded, .interpreter),
                try ProductMachine(loaded, .translator))
            let outcome = lockstep.run(cycleCountMax: limit, stride: stride, seed: 1)
            #expect(outcome.difference == nil, "limit \(limit)")
        }
    }

    /// A loop without end of this many instructions of both costs.
    private func endless(_ length: Int) -> TestProgram {
        var random = SeededRandom(seed: UInt64(length))
        let registers = Array(0..<32 as Range<UInt32>)
        let arithmetic = RandomArithmetic(destinations: registers, sources: registers)
        var text = (1..<length).map { _ in arithmetic.instruction(&random) }
        text.append(Assembler.jal(0, -Int32(length - 1) * 4))
        return TestProgram(name: "endless \(length)", text: text)
    }

    /// Limits around the ends of the first slices, whatever block stands there.
    @Test(arguments: [1, 7, 999, 1001, 4000], [true, false])
    func limitsAroundSlices(length: Int, isSP1: Bool) throws {
        var limits: [Int64] = []
        for slices in 1..<2 as Range<Int64> {
            for near in [-1, 1] as [Int64] { limits.append(slices << 20 + near) }
            limits.append(slices << 20 - slices * 1001)
        }
        try check(endless(length), isSP1 ? .sp1 : .riscZero, limits: limits)
    }

    /// Loops without end whose way on, or back, is a JALR to an address that only arithmetic shows, to where
    /// direct jumps lead as well.
    @Test(arguments: [true, false], [true, false])
    func endlessByKnownAddresses(isBackward: Bool, isSP1: Bool) throws {
        let count = Assembler.addi(7, 7, 1)
        let forward = [
            Assembler.branch(1, 1, 0, 20), Assembler.auipc(5, 0), count, Assembler.jalr(0, 5, 16),
            Assembler.ebreak, count, Assembler.jal(0, -20),
        ]
        let backward = [
            Assembler.jal(0, 24), count, Assembler.auipc(5, 0), count, Assembler.jalr(0, 5, -4),
            Assembler.ebreak, Assembler.jal(0, -20),
        ]
        let program = TestProgram(
            name: "known addresses", text: isBackward ? backward : forward)
        try check(program, isSP1 ? .sp1 : .riscZero, limits: [100, 5000, 1 << 20 + 7])
    }

    /// Long blocks with loads and stores in them, every instruction of which may be the last.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func longBlocks(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let registers = Array(0..<30 as Range<UInt32>)
        let arithmetic = RandomArithmetic(destinations: registers, sources: registers)
        var text = Assembler.li(31, 0x0030_0000)
        while text.count < 2600 {
            if random.isOne(in: 6) {
                let offset = Int32(random.number(256)) * 4
                text.append(
                    random.isOne(in: 2)
                        ? Assembler.store(2, random.number(30), offset, 31)
                        : Assembler.load(2, random.number(30), offset, 31))
            } else {
                text += arithmetic.sequence(1, &random)
            }
        }
        // A few that fail, and jumps back into the middle so that the rest is entered anew.
        if seed % 2 == 1 { text[1700] = Assembler.load(2, 5, 2, 31) }
        text.append(Assembler.ebreak)
        let program = TestProgram(name: "long blocks \(seed)", text: text)
        for setup in [MachineSetup.sp1, .riscZero] {
            let limits = (0..<4).map { _ in Int64(random.number(3000)) } + [998, 999, 1000, 1001]
            try check(program, setup, limits: limits + [1 << 20])
            try check(program, setup, limits: [1 << 20], stride: .blocks)
            try check(program, setup, limits: [1 << 20], stride: .mixed)
        }
    }

    /// Calls and branches over almost a megabyte, as far as JAL goes.
    @Test(arguments: [true, false])
    func farJumps(isSP1: Bool) throws {
        var writer = CodeWriter()
        let (far, near, end) = (writer.label(), writer.label(), writer.label())
        writer.append(Assembler.addi(9, 0, 5))
        let top = writer.here()
        writer.jal(1, to: far)
        writer.farJump(1, through: 6, to: far, distance: 4)
        writer.append(Assembler.addi(9, 9, -1))
        writer.branch(1, 9, 0, to: top)
        writer.jal(0, to: end)
        writer.append([UInt32](repeating: Assembler.addi(10, 10, 1), count: 260_000))
        writer.place(near)
        writer.append([UInt32](repeating: Assembler.addi(11, 11, 1), count: 2))
        writer.place(far)
        writer.append([Assembler.addi(12, 12, 1), Assembler.addi(13, 13, 1)])
        writer.append(Assembler.jalr(0, 1, 0))
        writer.place(end)
        writer.append([Assembler.ebreak])
        let program = TestProgram(name: "far jumps", text: writer.finish())
        try check(program, isSP1 ? .sp1 : .riscZero, limits: [7, 31, 1000])
        try check(program, isSP1 ? .sp1 : .riscZero, limits: [1000], stride: .steps)
    }

    /// Loads and stores at the ends of memory, wrapping around, more of them than translated code is
    /// patient with; then ordinary ones again.
    @Test(arguments: [true, false])
    func slowAccesses(isSP1: Bool) throws {
        let setup = isSP1 ? MachineSetup.sp1 : .riscZero
        let low = Int32(bitPattern: setup.rules.dataLow)
        let text =
            Assembler.li(5, setup.rules.dataHigh - 4) + Assembler.li(7, 0x0030_0000)
            + Assembler.li(8, 40_000) + [
                // x6 = -16, so that the offset wraps around zero.
                Assembler.addi(6, 0, -16),
                Assembler.store(2, 8, low + 16, 6), Assembler.load(2, 10, low + 16, 6),
                Assembler.store(1, 8, 0, 5), Assembler.load(5, 11, 0, 5),
                Assembler.register(0, 0, 12, 10, 12), Assembler.store(2, 12, 0, 7),
                Assembler.addi(8, 8, -1), Assembler.branch(1, 8, 0, -28), Assembler.ebreak,
            ]
        let program = TestProgram(name: "slow accesses", text: text)
        try check(program, setup, limits: [1 << 20, 100_000])
    }

    /// Every unit of memory is touched, down and up, until the cap.
    @Test(arguments: [true, false])
    func everyUnit(isSP1: Bool) throws {
        var setup = isSP1 ? MachineSetup.sp1 : .riscZero
        for step in [0x1_0000, 0x2_3000] as [UInt32] {
            setup.memoryByteCountMax = 96 << 20
            let text =
                Assembler.li(5, 0x0040_0000) + Assembler.li(6, step) + [
                    Assembler.load(2, 7, 0, 5), Assembler.store(0, 5, 3, 5),
                    Assembler.store(2, 6, 4, 5), Assembler.register(0, 0, 5, 5, 6),
                    Assembler.jal(0, -16),
                ]
            let program = TestProgram(name: "every unit by \(step)", text: text)
            try check(program, setup, limits: [100, 4000, 1 << 22])
        }
    }

    /// A run that is long enough to be looked at gets other code in its midst; later runs start with it.
    @Test(arguments: [true, false])
    func codeThatGetsBetter(isSP1: Bool) throws {
        guard Translator.isAvailable else { return }
        var random = SeededRandom(seed: 71)
        let arithmetic = RandomArithmetic(
            destinations: Array(1..<30), sources: Array(0..<32 as Range<UInt32>))
        // The first plan goes by loops: it takes the inner one's registers to be the most used.
        var text = Assembler.li(30, 90_000)
        let loop = (0..<60).map { _ in arithmetic.instruction(&random) }
        let rare = [
            Assembler.register(0, 0, 20, 20, 21), Assembler.register(0, 4, 22, 22, 23),
            Assembler.branch(4, 0, 0, -8), Assembler.branch(4, 0, 0, -12),
        ]
        text += loop + rare + [Assembler.addi(30, 30, -1)]
        text.append(Assembler.branch(1, 30, 0, -Int32(loop.count + rare.count + 1) * 4))
        text.append(Assembler.ebreak)
        let program = TestProgram(name: "better code", text: text)
        let loaded = try LoadedProgram(program, isSP1 ? .sp1 : .riscZero)
        for limit in [6 << 20, 100_003, 7777] as [Int64] {
            let lockstep = Lockstep(
                loaded, try ProductMachine(loaded, .interpreter),
                try ProductMachine(loaded, .translator))
            let outcome = lockstep.run(cycleCountMax: limit, stride: .whole, seed: 1)
            #expect(outcome.difference == nil, "limit \(limit)")
            #expect(try #require(loaded.compiled).best.pictureCount > 0)
        }
    }

    /// Charging is made to fit the way that a run was seen to go, though the code tells nothing of it.
    @Test(arguments: [true, false])
    func chargesThatGetBetter(isSP1: Bool) throws {
        guard Translator.isAvailable else { return }
        var writer = CodeWriter()
        let (often, join) = (writer.label(), writer.label())
        writer.append(Assembler.li(8, 1_664_525) + Assembler.li(9, 1_013_904_223))
        writer.append(Assembler.li(30, 1_000_000))
        let top = writer.here()
        // Of the pseudorandom numbers only one in sixteen has four clear bits at the top.
        writer.append([
            Assembler.register(1, 0, 10, 10, 8), Assembler.register(0, 0, 10, 10, 9),
            Assembler.immediate(0x13, 5, 11, 10, 28),
        ])
        writer.branch(1, 11, 0, to: often)
        writer.append([UInt32](repeating: Assembler.addi(12, 12, 3), count: 5))
        writer.jal(0, to: join)
        writer.place(often)
        let oftenIndex = writer.words.count
        writer.append(Assembler.addi(13, 13, 1))
        writer.place(join)
        writer.append(Assembler.addi(30, 30, -1))
        writer.branch(1, 30, 0, to: top)
        writer.append(Assembler.ebreak)
        let program = TestProgram(name: "better charges", text: writer.finish())
        let loaded = try LoadedProgram(program, isSP1 ? .sp1 : .riscZero)
        let compiled = try #require(loaded.compiled)
        let budget = CycleBudget(loaded.code.model)
        func isEven() -> Bool {
            let charges = compiled.best.code.translation.charges
            let behind =
                charges.ahead(before: oftenIndex, in: loaded.code, budget) - budget.price(.addi)
            return behind == charges.ahead(before: oftenIndex + 1, in: loaded.code, budget)
        }
        #expect(!isEven())
        for limit in [1 << 23, 100_003, 7777, 7778, 7779, 7780] as [Int64] {
            let lockstep = Lockstep(
                loaded, try ProductMachine(loaded, .interpreter),
                try ProductMachine(loaded, .translator))
            let outcome = lockstep.run(cycleCountMax: limit, stride: .whole, seed: 1)
            #expect(outcome.difference == nil, "limit \(limit)")
            #expect(isEven(), "limit \(limit)")
        }
    }
}
