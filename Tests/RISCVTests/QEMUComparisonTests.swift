import Foundation
import RISCV
import TestSupport
import Testing

/// Random programs over all of RV32IM, executed here and by qemu-riscv32, which nobody here wrote. The
/// last instructions of each write the registers and the data to standard output; all must agree.
@Suite struct QEMUComparisonTests {
    /// Programs of many sizes: short ones have room for few accidents, long ones for far jumps.
    @Test(arguments: 0..<8 as Range<UInt64>)
    func registersAndMemoryAgree(batch: UInt64) throws {
        var instructions: UInt64 = 0
        for seed in batch * 40..<batch * 40 + 40 {
            var shape = RandomProgram.Shape()
            shape.instructionCount = [20, 60, 200, 600, 2500][Int(seed % 5)]
            shape.functionCount = UInt32(seed % 4)
            shape.entersLast = seed % 2 == 1
            shape.ending = .linux
            let program = RandomProgram(seed: seed, shape: shape).program()
            let expected = try runQEMU(program.elf(isMappable: true))
            #expect(expected.count == shape.data.count, "qemu-riscv32, \(program.name)")
            for setup in [MachineSetup.sp1, .riscZero] {
                let (found, count) = try run(program, setup, shape.data)
                #expect(found == expected, "\(program.name)")
                instructions += count
            }
        }
        print("qemu-riscv32: batch \(batch), \(instructions) instructions compared")
    }

    /// Runs to the WRITE call and returns what it would write.
    private func run(
        _ program: TestProgram, _ setup: MachineSetup, _ data: Range<UInt32>
    ) throws -> ([UInt8], UInt64) {
        let machine = try ProductMachine(LoadedProgram(program, setup), .interpreter)
        machine.remainingCycles = 1 << 40
        let exit = machine.run()
        try #require(exit == .environmentCall, "\(program.name)")
        #expect(machine.registers[17] == 64)
        let bytes = try #require(machine.bytes(data.lowerBound, data.count))
        return (bytes, machine.instructionCount)
    }

    private func runQEMU(_ elf: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        // QEMU refuses a file that may not be executed, without a word.
        let isCreated = FileManager.default.createFile(
            atPath: file.path, contents: Data(elf), attributes: [.posixPermissions: 0o700])
        try #require(isCreated)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/qemu-riscv32")
        process.arguments = [file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](bytes)
    }
}
