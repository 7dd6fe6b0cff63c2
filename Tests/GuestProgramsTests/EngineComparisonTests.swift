import GuestRuntime
import TestSupport
import Testing

/// Compiled programs with every engine: outcome, output, cycles, instructions, console and the words of a
/// failure, at limits all over the run.
@Suite struct EngineComparisonTests {
    private static let examples = Result {
        try PythonOracle.lines("GuestProgramsTests/Oracles/programs.py", ["20261124", "2"])
            .map(OracleCase.init)
    }

    private static let fixtures = Result {
        try PythonOracle.lines("GuestProgramsTests/Oracles/runtime.py", ["20261125", "2"])
            .map(OracleCase.init)
    }

    @Test(arguments: GuestVM.allCases)
    func examplesStopAlikeAtAnyLimit(vm: GuestVM) throws {
        for (index, example) in try Self.examples.get().enumerated() {
            try check(example, vm, seed: UInt64(index), limitCount: 6)
        }
    }

    @Test(arguments: GuestVM.allCases)
    func fixturesStopAlikeAtAnyLimit(vm: GuestVM) throws {
        // A few of the many cases of each; the others are compared without a limit where they are used.
        let cases = try Self.fixtures.get()
        for index in stride(from: 0, to: cases.count, by: 60) {
            try check(cases[index], vm, seed: UInt64(index), limitCount: 1)
        }
    }

    /// Input that no program expects.
    @Test(arguments: GuestVM.allCases, ["square-root", "balance", "accumulator"])
    func randomInputsEndAlike(vm: GuestVM, name: String) throws {
        var random = SeededRandom(seed: 31)
        let program = try GuestPrograms.program(name, vm)
        for _ in 0..<12 {
            let lengths = [0, 1, 31, 32, 33, 64, 65, Int(random.number(300))]
            var input = GuestInput(stdin: random.bytes(random.choice(lengths)))
            // A length that fits now and then, so that the program goes on behind it.
            if !input.stdin.isEmpty { input.stdin[0] = UInt8(random.number(40)) }
            for index in 1..<min(4, max(1, input.stdin.count)) { input.stdin[index] = 0 }
            input.buffers = (0..<random.number(4)).map { _ in random.bytes(random.choice(lengths)) }
            compare(program, input, maxCycles: 200_000)
        }
    }

    private func check(
        _ example: OracleCase, _ vm: GuestVM, seed: UInt64, limitCount: Int
    ) throws {
        let program = try GuestPrograms.program(example.program, vm)
        let input = example.input(vm)
        let cost = compare(program, input, maxCycles: 1 << 32).cycles
        var random = SeededRandom(seed: seed)
        var limits: [UInt64] = [0, cost - 1, cost]
        for _ in 0..<limitCount { limits.append(UInt64.random(in: 0...cost, using: &random)) }
        for limit in limits { compare(program, input, maxCycles: limit) }
    }

    @discardableResult
    private func compare(
        _ program: GuestProgram, _ input: GuestInput, maxCycles: UInt64
    ) -> GuestOutcome {
        let outcome = program.run(input: input, maxCycles: maxCycles, engine: .interpreter)
        for engine in Engine.allCases where engine != .interpreter {
            let other = program.run(input: input, maxCycles: maxCycles, engine: engine)
            #expect(other == outcome, "\(engine), limit \(maxCycles)")
        }
        return outcome
    }
}
