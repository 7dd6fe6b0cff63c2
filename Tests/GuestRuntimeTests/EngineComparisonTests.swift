import GuestRuntime
import TestSupport
import Testing

/// Random programs as whole guests: what comes out is the registers and all data.
@Suite struct EngineComparisonTests {
    @Test(arguments: GuestVM.allCases, 0..<6 as Range<UInt64>)
    func randomGuests(vm: GuestVM, batch: UInt64) throws {
        for seed in batch * 10..<batch * 10 + 10 {
            var random = SeededRandom(seed: seed)
            var shape = RandomProgram.Shape()
            shape.instructionCount = Int(random.number(1500))
            shape.functionCount = random.number(5)
            shape.writesText = seed % 3 == 0
            shape.ending = vm == .sp1 ? .sp1 : .riscZero
            let elf = RandomProgram(seed: seed, shape: shape).program().elf()
            let program = try GuestProgram(elf: elf, vm: vm)
            let whole = compare(program, maxCycles: 1 << 24)
            // Stores into the text may make instructions that are none.
            if !shape.writesText { #expect(whole.status == .succeeded, "seed \(seed)") }
            if whole.status == .succeeded { #expect(whole.output.count == shape.data.count) }
            for limit in [0, 1, whole.cycles - 1, whole.cycles, whole.cycles + 1] {
                compare(program, maxCycles: limit)
            }
            for _ in 0..<4 {
                compare(program, maxCycles: UInt64.random(in: 0...whole.cycles, using: &random))
            }
        }
    }

    /// Runs with every engine; all outcomes must be the same.
    @discardableResult
    private func compare(_ program: GuestProgram, maxCycles: UInt64) -> GuestOutcome {
        let input = GuestInput()
        let outcome = program.run(input: input, maxCycles: maxCycles, engine: .interpreter)
        for engine in Engine.allCases where engine != .interpreter {
            let other = program.run(input: input, maxCycles: maxCycles, engine: engine)
            #expect(other == outcome, "\(engine), limit \(maxCycles)")
        }
        return outcome
    }
}
