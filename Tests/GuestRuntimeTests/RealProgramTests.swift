import Foundation
import GuestRuntime
import TestSupport
import Testing

/// A compiled program with hashing, sorting, matrices and the rest, judged by qemu-riscv32.
@Suite struct RealProgramTests {
    @Test(arguments: GuestVM.allCases)
    func outputAgreesWithQEMU(vm: GuestVM) throws {
        let expected = try output(of: "/usr/bin/qemu-riscv32", [try build("ABI_LINUX").path])
        try #require(expected.count == 32)
        let elf = try [UInt8](Data(contentsOf: build(vm == .sp1 ? "ABI_SP1" : "ABI_RISC0")))
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

    private func build(_ abi: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent(UUID().uuidString)
        let script = PythonOracle.packageRoot
            .appendingPathComponent("Tests/GuestRuntimeTests/Fixtures/build.sh")
        _ = try output(of: script.path, [abi, "1", file.path])
        return file
    }

    private func output(of executable: String, _ arguments: [String]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return [UInt8](bytes)
    }
}
