import Foundation
import RISCV
import TestSupport
import Testing

/// Random programs over all of RV32IM, executed here and by qemu-riscv32, which nobody here wrote. The
/// last instructions of each write the registers and the data area to standard output; both must agree.
@Suite struct QEMUComparisonTests {
    static let data: UInt32 = 0x0030_1000
    static let dataByteCount = 1024

    @Test(arguments: 0..<24)
    func registersAndMemoryAgree(seed: UInt64) throws {
        var program = RandomProgram(seed: seed, data: Self.data)
        let text = program.text(instructionCount: 3000)
        var builder = ELFBuilder(text: text)
        builder.isMappable = true
        let expected = try runQEMU(builder.file())
        #expect(expected.count == 128 + Self.dataByteCount, "qemu-riscv32, seed \(seed)")
        #expect(try run(text, .sp1, .uniform) == expected, "seed \(seed)")
        #expect(try run(text, .riscZero, .riscZero) == expected, "seed \(seed)")
    }

    /// Runs to the WRITE call and returns what it would write.
    private func run(_ text: [UInt32], _ rules: ELFRules, _ model: CycleModel) throws -> [UInt8] {
        let image = try ELFImage(parsing: ELFBuilder(text: text).file(), rules: rules)
        let code = try CodeImage(image, model: model, rules: rules)
        var machine = try Machine(
            image: image, code: code, rules: rules, memoryByteCountMax: 64 << 20,
            cycleLimit: 1 << 40, reservation: GuestReservation())
        let exit = machine.run()
        try #require(exit == .environmentCall)
        #expect(machine.state.registers[17] == 64)
        return try machine.memory.read(machine.state.registers[11], byteCount: 128 + 1024)
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
