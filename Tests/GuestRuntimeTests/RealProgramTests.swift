import GuestRuntime
import TestSupport
import Testing

/// A compiled program with hashing, sorting, matrices and the rest, judged by qemu-riscv32.
@Suite struct RealProgramTests {
    @Test(arguments: GuestVM.allCases)
    func outputAgreesWithQEMU(vm: GuestVM) throws {
        let expected = try CompiledFixture.output(
            of: "/usr/bin/qemu-riscv32", [CompiledFixture.file("ABI_LINUX").path])
        try #require(expected.count == 32)
        let elf = try CompiledFixture.build(vm == .sp1 ? "ABI_SP1" : "ABI_RISC0")
        let program = try GuestProgram(elf: elf, vm: vm)
        let start = ContinuousClock.now
        let outcome = program.run(input: GuestInput(), maxCycles: 1 << 36)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print("\(vm.name): \(outcome.instructions) instructions in \(seconds) s")
        #expect(outcome.status == .succeeded)
        #expect(outcome.output == expected)
        // The exact cost is enough and one cycle less is not.
        #expect(program.run(input: GuestInput(), maxCycles: outcome.cycles).status == .succeeded)
        let failure = program.run(input: GuestInput(), maxCycles: outcome.cycles - 1).failure
        #expect(failure?.cause == .cycleLimitExceeded)
        #expect(failure?.cycles == outcome.cycles - 1)
    }
}
