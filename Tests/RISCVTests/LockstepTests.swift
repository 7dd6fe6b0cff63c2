import RISCV
import TestSupport
import Testing

/// Every way of running a program against the specification, one instruction at a time.
@Suite struct LockstepTests {
    /// Compares each way of running with the specification; returns the instructions executed.
    @discardableResult
    static func check(
        _ program: TestProgram, _ setup: MachineSetup, cycleCountMax: Int64,
        stride: Lockstep.Stride, seed: UInt64
    ) throws -> UInt64 {
        let loaded = try LoadedProgram(program, setup)
        var instructions: UInt64 = 0
        for drive in ProductMachine.Drive.allCases {
            let lockstep = Lockstep(
                loaded, SpecificationMachine(loaded), try ProductMachine(loaded, drive))
            let outcome = lockstep.run(cycleCountMax: cycleCountMax, stride: stride, seed: seed)
            #expect(outcome.difference == nil)
            instructions += outcome.instructions
        }
        return instructions
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func randomPrograms(seed: UInt64) throws {
        var shape = RandomProgram.Shape()
        shape.instructionCount = 150
        shape.callsHost = seed % 2 == 0
        shape.writesText = seed % 3 == 0
        shape.entersLast = seed % 4 == 1
        shape.hasChoices = seed % 2 == 1
        shape.movesStack = seed % 3 != 0
        shape.ending = seed % 5 == 0 ? .endOfText : .breakpoint
        let program = RandomProgram(seed: seed, shape: shape).program()
        let stride = Lockstep.Stride.allCases[Int(seed % 4)]
        for setup in [MachineSetup.sp1, .riscZero] {
            try Self.check(program, setup, cycleCountMax: 20_000, stride: stride, seed: seed)
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func wildPrograms(batch: UInt64) throws {
        for seed in batch * 100..<batch * 100 + 100 {
            for setup in [MachineSetup.sp1, .riscZero] {
                var shape = WildProgram.Shape(addresses: setup.borders)
                shape.hasIllegalWords = !setup.rules.textIsFixed
                let program = WildProgram(seed: seed, shape: shape).program()
                let stride = Lockstep.Stride.allCases[Int(seed % 4)]
                try Self.check(program, setup, cycleCountMax: 400, stride: stride, seed: seed)
            }
        }
    }

    /// Stores to ever more units, with room for a few.
    @Test(arguments: 0..<4 as Range<UInt64>)
    func cappedMemory(batch: UInt64) throws {
        for seed in batch * 40..<batch * 40 + 40 {
            for var setup in [MachineSetup.sp1, .riscZero] {
                setup.memoryByteCountMax = Int(2 + seed % 4) << RISCVLimits.unitShift
                var shape = WildProgram.Shape(addresses: setup.borders)
                shape.hasIllegalWords = false
                let program = WildProgram(seed: 50_000 + seed, shape: shape).program()
                let stride = Lockstep.Stride.allCases[Int(seed % 4)]
                try Self.check(program, setup, cycleCountMax: 400, stride: stride, seed: seed)
            }
        }
    }
}
