import Foundation

/// Runs an independent implementation, written in Python, and returns what it printed.
public enum PythonOracle {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        init(_ description: String) {
            self.description = description
        }
    }

    /// The root of the checkout.
    public static var packageRoot: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// The interpreter of the virtual environment that `make test` sets up.
    public static var interpreter: URL {
        packageRoot.appendingPathComponent(".build/venv/bin/python")
    }

    /// Standard output, line by line, of `script` (a path below `Tests/`) with these arguments and
    /// standard input.
    public static func lines(
        _ script: String, _ arguments: [String] = [], input: String = ""
    ) throws -> [String] {
        let process = Process()
        process.executableURL = interpreter
        process.arguments = [packageRoot.appendingPathComponent("Tests/" + script).path] + arguments
        let inputFile = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        try Data(input.utf8).write(to: inputFile)
        defer { try? FileManager.default.removeItem(at: inputFile) }
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("\(script) \(arguments) ended with \(process.terminationStatus)")
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
