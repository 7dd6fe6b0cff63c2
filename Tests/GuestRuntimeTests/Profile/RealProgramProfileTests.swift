import Foundation
import GuestRuntime
import RISCV
import TestSupport
import Testing

/// The profile of a compiled program against its own trace, and against what is known of its source.
@Suite struct RealProgramProfileTests {
    @Test(arguments: GuestVM.allCases)
    func profileAgreesWithTrace(vm: GuestVM) throws {
        let elf = try CompiledFixture.build(vm == .sp1 ? "ABI_SP1" : "ABI_RISC0")
        let program = try GuestProgram(elf: elf, vm: vm)
        let symbols = try ELFSymbols(parsing: elf)
        let count = RISCVLimits.tracedInstructionCountMax
        let observer = GuestObserver(
            program, symbols: symbols, trace: TraceWindow(start: .step(0), count: count))
        var workspace = GuestWorkspace()
        // Every instruction up to the limit is in the window.
        let outcome = program.run(
            input: GuestInput(), maxCycles: UInt64(count - 10), workspace: &workspace,
            observer: observer)
        let profile = observer.profile()
        #expect(profile.hasSymbols && profile.cycles == outcome.cycles)
        var traced: [String: UInt64] = [:]
        let instructions = observer.traced()
        for (entry, next) in zip(instructions, instructions.dropFirst()) {
            let name = entry.call ?? observer.name(of: entry.function)
            traced[name, default: 0] += next.cycle - entry.cycle
        }
        for function in profile.functions {
            #expect(traced[function.name, default: 0] == function.cycles, "\(function.name)")
        }
    }

    /// The whole run: sorting and the table of functions are there, entered as often as each other says.
    @Test func wholeRun() throws {
        let elf = try CompiledFixture.build("ABI_SP1")
        let program = try GuestProgram(elf: elf, vm: .sp1)
        let observer = GuestObserver(program, symbols: try ELFSymbols(parsing: elf))
        var workspace = GuestWorkspace()
        let outcome = program.run(
            input: GuestInput(), maxCycles: 1 << 36, workspace: &workspace, observer: observer)
        #expect(outcome.status == .succeeded)
        let profile = observer.profile()
        #expect(profile.functions.reduce(0) { $0 + $1.cycles } == outcome.cycles)
        let byName = Dictionary(uniqueKeysWithValues: profile.functions.map { ($0.name, $0) })
        let quicksort = try #require(byName["quicksort"])
        #expect(quicksort.inclusiveCycles == quicksort.cycles)
        // It sets the stack and jumps to main.
        let start = try #require(byName["_start"]?.cycles)
        #expect(byName["main"]?.inclusiveCycles == outcome.cycles - start)
        #expect(byName["triple"]?.entryCount ?? 0 > 0)
        #expect(!profile.blocks.isEmpty && !profile.stacksAreCut)
    }
}
