import RISCV
import TestSupport
import Testing

/// Faults and limits, each at every place, against the specification.
@Suite struct TrapTests {
    /// Everything that can go wrong at each position in a block, reached in each way.
    @Test(arguments: TrapCatalogue.Way.allCases, [true, false])
    func everyTrapAtEveryPosition(way: TrapCatalogue.Way, isSP1: Bool) throws {
        let setup = isSP1 ? MachineSetup.sp1 : .riscZero
        let catalogue = TrapCatalogue(rules: setup.rules)
        for (index, entry) in catalogue.entries.enumerated() {
            for position in 0..<6 {
                let program = catalogue.program(entry, position: position, way: way)
                let stride: Lockstep.Stride = (index + position) % 2 == 0 ? .whole : .blocks
                try LockstepTests.check(
                    program, setup, cycleCountMax: 200, stride: stride, seed: 1)
            }
        }
    }

    /// The same once more with each limit from nothing to one more than it takes.
    @Test(arguments: TrapCatalogue.Way.allCases, [true, false])
    func everyLimitUpToATrap(way: TrapCatalogue.Way, isSP1: Bool) throws {
        let setup = isSP1 ? MachineSetup.sp1 : .riscZero
        let catalogue = TrapCatalogue(rules: setup.rules)
        for (index, entry) in catalogue.entries.enumerated() {
            let program = catalogue.program(entry, position: index % 6, way: way)
            try Self.checkLimits(program, setup, costMax: 40)
        }
    }

    /// Loops, branches, calls and environment calls with each limit, costs and rules in all combinations.
    @Test(arguments: 0..<12 as Range<UInt64>)
    func everyLimitOfSmallPrograms(seed: UInt64) throws {
        var shape = RandomProgram.Shape()
        shape.instructionCount = 12
        shape.functionCount = UInt32(seed % 3)
        shape.hasChoices = seed % 2 == 1
        shape.movesStack = seed % 3 == 1
        shape.callsHost = true
        shape.writesText = seed % 4 == 0
        shape.ending = seed % 3 == 0 ? .endOfText : .breakpoint
        let program = RandomProgram(seed: 900 + seed, shape: shape).program()
        for rules in [ELFRules.sp1, .riscZero] {
            for model in [CycleModel.uniform, .riscZero] {
                let setup = MachineSetup(rules: rules, model: model)
                try Self.checkLimits(program, setup, costMax: 250)
            }
        }
    }

    /// Runs with every limit up to one more than the cost; of longer programs the first `costMax`.
    static func checkLimits(
        _ program: TestProgram, _ setup: MachineSetup, costMax: Int64
    ) throws {
        let loaded = try LoadedProgram(program, setup)
        let whole = Lockstep(
            loaded, SpecificationMachine(loaded), SpecificationMachine(loaded))
        let cost = whole.run(cycleCountMax: costMax, stride: .whole, seed: 0).cycles
        for limit in 0...min(cost + 1, costMax) {
            for drive in ProductMachine.Drive.allCases where drive != .stepwise {
                let lockstep = Lockstep(
                    loaded, SpecificationMachine(loaded), try ProductMachine(loaded, drive))
                let outcome = lockstep.run(cycleCountMax: limit, stride: .whole, seed: 0)
                #expect(outcome.difference == nil, "limit \(limit)")
            }
        }
    }
}
