import Bytes
import GuestRuntime
import TestSupport
import Testing

/// The example programs on both machines, against eth_abi and Python's integers.
@Suite struct ExampleProgramTests {
    /// The oracle's cases for one program.
    private static func cases(_ program: String) throws -> [OracleCase] {
        try all.get().filter { $0.program == program }
    }

    private static let all = Result {
        try PythonOracle.lines("GuestProgramsTests/Oracles/programs.py", ["20261121", "16"])
            .map(OracleCase.init)
    }

    @Test(arguments: GuestVM.allCases, ["square-root", "balance", "accumulator", "approvals"])
    func answersAsPython(vm: GuestVM, program: String) throws {
        let cases = try Self.cases(program)
        #expect(cases.contains { $0.output != nil })
        #expect(cases.contains { $0.output == nil })
        for example in cases { try example.check(vm) }
    }

    /// A job's limit is exact: what it cost is enough, and one cycle less is not.
    @Test(arguments: GuestVM.allCases, ["square-root", "balance", "accumulator", "approvals"])
    func succeedsExactlyFromItsCostOn(vm: GuestVM, program: String) throws {
        let example = try #require(
            try Self.cases(program).first { $0.output != nil })
        let cost = try example.run(vm).cycles
        let input = GuestInput.job(
            vm: vm, onchainInput: example.onchainInput, offchainInput: example.offchainInput,
            state: example.state)
        let built = try GuestPrograms.program(program, vm)
        #expect(built.run(input: input, maxCycles: cost).output == example.output)
        let short = built.run(input: input, maxCycles: cost - 1)
        #expect(short.failure?.cause == .cycleLimitExceeded)
    }

    /// An onchain job has no second input at all under RISC Zero.
    @Test(arguments: GuestVM.allCases)
    func runsAsAnOnchainJob(vm: GuestVM) throws {
        let number = [UInt8](repeating: 0, count: 31) + [144]
        let input = GuestInput.job(vm: vm, onchainInput: number, offchainInput: nil, state: nil)
        let outcome = try GuestPrograms.program("square-root", vm)
            .run(input: input, maxCycles: 100_000)
        #expect(outcome.output == number + [UInt8](repeating: 0, count: 31) + [12])
    }

    /// Without any input, or with a stream cut anywhere, the program fails by itself.
    @Test func damagedStandardInputFailsTheJob() throws {
        let whole = GuestInput.job(
            vm: .risc0, onchainInput: [UInt8](repeating: 0, count: 32), offchainInput: nil,
            state: nil)
        let program = try GuestPrograms.program("square-root", .risc0)
        for length in 0..<whole.stdin.count {
            let cut = GuestInput(stdin: [UInt8](whole.stdin.prefix(length)))
            let outcome = program.run(input: cut, maxCycles: 100_000)
            #expect(outcome.failure?.cause == .guestPanicked, "cut to \(length) bytes")
        }
        let huge = GuestInput(stdin: [0xff, 0xff, 0xff, 0xff, 0])
        #expect(program.run(input: huge, maxCycles: 100_000).failure?.cause == .guestPanicked)
        let none = try GuestPrograms.program("square-root", .sp1)
            .run(input: GuestInput(), maxCycles: 100_000)
        #expect(none.failure?.cause == .nonZeroExit)
    }

    /// Users pay for cycles: these are the costs of today's SDK with a little air. With SP1's calls for
    /// curves, checks of signatures spend cycles to save calls, which take the time.
    @Test(
        arguments: [
            ("square-root", GuestVM.sp1, 45_000), ("square-root", .risc0, 55_000),
            ("balance", .sp1, 2_000), ("balance", .risc0, 3_200),
            ("accumulator", .sp1, 17_000), ("accumulator", .risc0, 100_000),
            ("approvals", .sp1, 180_000), ("approvals", .risc0, 1_550_000),
        ] as [(String, GuestVM, UInt64)])
    func costsNoMoreThanItDid(program: String, vm: GuestVM, ceiling: UInt64) throws {
        let costs = try Self.cases(program).filter { $0.output != nil }.prefix(20)
            .map { try $0.run(vm).cycles }
        #expect(costs.max() ?? .max <= ceiling)
    }
}
