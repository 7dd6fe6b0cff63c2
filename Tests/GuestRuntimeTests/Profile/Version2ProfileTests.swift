import GuestRuntime
import RISCV
import TestSupport
import Testing

/// Profiles of guests that run under a kernel: its cycles belong to the calls that it answers.
@Suite struct Version2ProfileTests {
    private func observe(
        _ file: [UInt8], _ input: GuestInput = GuestInput(), maxCycles: UInt64 = 1 << 30
    ) throws -> (outcome: GuestOutcome, profile: ExecutionProfile) {
        let program = try GuestProgram(elf: file, vm: .risc0)
        let observer = GuestObserver(program, symbols: try GuestProgram.symbols(in: file))
        var workspace = GuestWorkspace()
        let outcome = program.run(
            input: input, maxCycles: maxCycles, workspace: &workspace, observer: observer)
        #expect(outcome == program.run(input: input, maxCycles: maxCycles))
        let profile = observer.profile()
        #expect(profile.cycles == outcome.cycles)
        #expect(profile.instructions == outcome.instructions)
        #expect(profile.functions.reduce(0) { $0 + $1.cycles } == outcome.cycles)
        return (outcome, profile)
    }

    @Test func kernelsAnswerCalls() throws {
        let file = try Version2Files.compiled(user: "calls")
        let input = GuestInput(stdin: (0..<9000).map { UInt8(truncatingIfNeeded: $0) })
        let (outcome, profile) = try observe(file, input)
        #expect(outcome.status == .succeeded && profile.hasSymbols)
        let byName = Dictionary(uniqueKeysWithValues: profile.functions.map { ($0.name, $0) })
        #expect(byName["[kernel]"]?.cycles ?? 0 > 0)
        #expect(byName["HALT"]?.entryCount == 1)
        // The kernel's instructions, of which there are many, are on the calls' lines.
        let calls = profile.functions.filter { $0.kind == .call }
        #expect(calls.contains { $0.name.hasPrefix("SYS_READ") })
        #expect(calls.allSatisfy { $0.cycles > 3 * $0.entryCount })
        for limit in [1, 50, 200, 1000, outcome.cycles - 3, outcome.cycles - 1] {
            _ = try observe(file, input, maxCycles: limit)
        }
    }

    /// A kernel that handles traps goes on behind the instruction that failed.
    @Test func kernelsHandleTraps() throws {
        let user =
            Assembler.li(6, GuestAssembly.data + 1) + [Assembler.load(2, X.a0, 0, 6)]
            + [Assembler.immediate(0x13, 1, X.a0, X.a0, 8)]
            + Assembler.li(X.a1, GuestAssembly.data) + Assembler.li(X.t0, 0) + [Assembler.ecall]
        let file = Version2Files.container(
            user: Version2Files.user(user), kernel: try Version2Files.compiled("kernel-traps"))
        let (outcome, profile) = try observe(file)
        #expect(outcome.exitCode == 77)
        #expect(profile.functions.contains { $0.name == "[kernel]" && $0.cycles > 0 })
    }
}
