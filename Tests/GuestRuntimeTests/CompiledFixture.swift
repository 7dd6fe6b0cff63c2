import Foundation
import TestSupport
import Testing

/// `Fixtures/mixed.c`, compiled.
enum CompiledFixture {
    /// The ELF for one of the ABIs that the source knows.
    static func build(_ abi: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: file(abi)))
    }

    /// The same as a file.
    static func file(_ abi: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory
        let file = folder.appendingPathComponent(UUID().uuidString)
        let script = PythonOracle.packageRoot
            .appendingPathComponent("Tests/GuestRuntimeTests/Fixtures/build.sh")
        _ = try output(of: script.path, [abi, "1", file.path])
        return file
    }

    /// What a program prints.
    static func output(of executable: String, _ arguments: [String]) throws -> [UInt8] {
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
