import Foundation

/// What LLVM's disassembler, which is part of the Swift toolchain, reads in x86-64 code.
enum HostDisassembler {
    struct Line: Equatable {
        let offset: Int
        let text: String
    }

    struct Failure: Error {
        let reason: String
    }

    /// The instructions in `code`, in Intel's syntax, with single spaces.
    static func lines(_ code: [UInt8]) throws -> [Line] {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appendingPathComponent("code.s")
        let object = folder.appendingPathComponent("code.o")
        let bytes = code.map { ".byte \($0)" }.joined(separator: "\n")
        try Data((".text\n" + bytes + "\n").utf8).write(to: source)
        _ = try run("clang", ["--target=x86_64-linux-gnu", "-c", source.path, "-o", object.path])
        let flags = ["-d", "--no-show-raw-insn", "--x86-asm-syntax=intel"]
        let listing = try run("llvm-objdump", flags + [object.path])
        return listing.split(separator: "\n").compactMap(parsed)
    }

    /// "      1f: mov\teax, ecx" and what else there is.
    private static func parsed(_ line: Substring) -> Line? {
        guard let colon = line.firstIndex(of: ":"),
            let offset = Int(line[..<colon].trimmingCharacters(in: .whitespaces), radix: 16)
        else { return nil }
        let comment = line[colon...].dropFirst().prefix { $0 != "<" && $0 != "#" }
        let words = comment.split(whereSeparator: { $0 == " " || $0 == "\t" })
        return words.isEmpty ? nil : Line(offset: offset, text: words.joined(separator: " "))
    }

    private static func run(_ tool: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = try path(of: tool)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(reason: "\(tool) failed") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The tool next to the Swift compiler, which is the one whose output is known.
    private static func path(of tool: String) throws -> URL {
        let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
        for folder in search.split(separator: ":") {
            let compiler = URL(fileURLWithPath: String(folder) + "/swiftc")
            guard FileManager.default.isExecutableFile(atPath: compiler.path) else { continue }
            let found = compiler.deletingLastPathComponent().appendingPathComponent(tool)
            if FileManager.default.isExecutableFile(atPath: found.path) { return found }
            let beside = compiler.resolvingSymlinksInPath().deletingLastPathComponent()
                .appendingPathComponent(tool)
            if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        }
        throw Failure(reason: "no \(tool) next to swiftc")
    }
}
