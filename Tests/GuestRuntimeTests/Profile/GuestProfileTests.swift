import GuestRuntime
import RISCV
import TestSupport
import Testing

/// Profiles of guests that call their host.
@Suite struct GuestProfileTests {
    private struct Observed {
        let outcome: GuestOutcome
        let profile: ExecutionProfile
        let traced: [TracedInstruction]

        func function(_ name: String) -> ExecutionProfile.Function? {
            profile.functions.first { $0.name == name }
        }
    }

    /// Runs a program with and without an observer, and checks what holds for every run.
    private func observe(
        _ program: GuestProgram, maxCycles: UInt64 = 1_000_000, trace: TraceWindow? = nil,
        symbols: ELFSymbols = .none
    ) throws -> Observed {
        let observer = GuestObserver(program, symbols: symbols, trace: trace)
        var workspace = GuestWorkspace()
        let outcome = program.run(
            input: GuestInput(), maxCycles: maxCycles, workspace: &workspace, observer: observer)
        #expect(outcome == program.run(input: GuestInput(), maxCycles: maxCycles))
        let profile = observer.profile()
        #expect(profile.cycles == outcome.cycles)
        #expect(profile.instructions == outcome.instructions)
        #expect(profile.functions.reduce(0) { $0 + $1.cycles } == outcome.cycles)
        #expect(profile.stacks[0].inclusiveCycles == outcome.cycles)
        #expect(
            profile.functions.reduce(0) { $0 + $1.unchargedCycles } == profile.unchargedCycles)
        return Observed(outcome: outcome, profile: profile, traced: observer.traced())
    }

    @Test func sp1CallsHaveNames() throws {
        let data = GuestAssembly.data
        let text =
            GuestAssembly.call(0xf0) + GuestAssembly.call(0x0030_0105, data, 0)
            + GuestAssembly.call(0x0030_0105, data, 0) + GuestAssembly.call(2, 13, data, 4)
            + GuestAssembly.sp1Halt
        let observed = try observe(GuestAssembly.program(.sp1, text))
        let calls = observed.profile.functions.filter { $0.kind == .call }
        #expect(
            Dictionary(uniqueKeysWithValues: calls.map { ($0.name, $0.entryCount) })
                == ["HINT_LEN": 1, "SHA_EXTEND": 2, "WRITE fd 13": 1, "HALT": 1])
        #expect(calls.allSatisfy { $0.cycles == $0.entryCount })
    }

    /// RISC Zero charges for calls: each has what was charged for it and its own instruction.
    @Test func riscZeroCallsHaveTheirCharges() throws {
        let assembly = RISCZeroAssembly()
        let data = GuestAssembly.data
        let text =
            GuestAssembly.call(3, data, data, data, data + 32, 4) + GuestAssembly.call(1, 0)
            + assembly.software("SYS_RANDOM", buffer: data + 64, words: 9)
            + assembly.commit(data, 4) + assembly.halt
        let observed = try observe(assembly.program(text))
        #expect(observed.outcome.status == .succeeded)
        #expect(observed.function("SHA")?.cycles == 1 + 5 + 68 * 4)
        #expect(observed.function("INPUT")?.cycles == 2)
        #expect(observed.function("SYS_RANDOM")?.cycles == 1 + 3 + 1)
        #expect(observed.function("SYS_WRITE fd 3")?.cycles == 2)
        #expect(observed.function("HALT")?.cycles == 1)
    }

    /// What is not charged is shown, and not in the totals.
    @Test func unconstrainedBlocksAreApart() throws {
        let inside = Assembler.li(20, 2) + GuestAssembly.call(2, 14, GuestAssembly.data, 4)
        let text =
            GuestAssembly.call(3) + inside + GuestAssembly.call(4) + GuestAssembly.sp1Halt
        let jump = [Assembler.branch(0, X.t0, 0, Int32(inside.count + 4) * 4)]
        var whole = text
        whole.insert(contentsOf: jump, at: 3)
        let observed = try observe(GuestAssembly.program(.sp1, whole))
        #expect(observed.outcome.status == .succeeded)
        #expect(observed.profile.unchargedCycles == UInt64(1 + inside.count + 3))
        #expect(observed.profile.unchargedInstructions == observed.profile.unchargedCycles)
        #expect(observed.function("WRITE fd 14")?.unchargedEntryCount == 1)
        #expect(observed.function("WRITE fd 14")?.entryCount == 0)
        #expect(observed.function("ENTER_UNCONSTRAINED")?.cycles == 1)
        // Blocks are of what was charged.
        let apart = ELFBuilder.textStart + 16..<ELFBuilder.textStart + 16 + UInt32(inside.count) * 4
        #expect(observed.profile.blocks.allSatisfy { !apart.contains($0.address) })
        #expect(observed.profile.blocks.reduce(0) { $0 + $1.cycles } == observed.outcome.cycles)
    }

    @Test func forkedChildrenAreApart() throws {
        let assembly = RISCZeroAssembly()
        let text =
            assembly.software("SYS_PIPE", buffer: GuestAssembly.data, words: 2)
            + assembly.software("SYS_FORK")
            + [Assembler.branch(1, X.a0, 0, assembly.childByteCount)] + assembly.child
            + assembly.readPipe + assembly.commit(GuestAssembly.data + 16, 8) + assembly.halt
        let observed = try observe(assembly.program(text))
        #expect(observed.outcome.status == .succeeded)
        #expect(observed.function("SYS_FORK")?.entryCount == 1)
        #expect(observed.function("SYS_FORK")?.cycles == 2)
        #expect(observed.function("SYS_EXIT")?.unchargedEntryCount == 1)
        #expect(observed.profile.unchargedCycles > UInt64(assembly.child.count))
    }

    /// A call that fails costs nothing, wherever it is made, and is the last thing a trace shows.
    @Test func failedCallsAreTakenBack() throws {
        let trace = TraceWindow(start: .step(0), count: 1000)
        for text in [
            GuestAssembly.call(0xffff), GuestAssembly.call(3) + GuestAssembly.call(0xf0),
            GuestAssembly.call(0xf0) + GuestAssembly.call(0xf1, 2),
        ] {
            let observed = try observe(
                GuestAssembly.program(.sp1, text + GuestAssembly.sp1Halt), trace: trace)
            #expect(observed.outcome.failure != nil)
            #expect(observed.traced.last?.isExecuted == false)
            #expect(observed.traced.last?.instruction?.operation == .ecall)
            #expect(observed.traced.last?.address == observed.outcome.failure?.pc)
            #expect(observed.traced.dropLast().allSatisfy { $0.isExecuted })
        }
    }

    /// Every limit: the totals are those of the run.
    @Test func everyLimitAddsUp() throws {
        let assembly = RISCZeroAssembly()
        let data = GuestAssembly.data
        let text =
            GuestAssembly.call(3, data, data, data, data + 32, 1) + assembly.commit(data, 4)
            + assembly.halt
        let program = try assembly.program(text)
        let cycles = program.run(input: GuestInput(), maxCycles: 1000).cycles
        for limit in 0...cycles { _ = try observe(program, maxCycles: limit) }
    }
}
