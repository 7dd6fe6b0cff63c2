import Bytes
import Foundation
import GuestRuntime
import TestSupport

/// R0BF containers for tests, and the programs that `Fixtures/Version2/build.sh` compiles.
enum Version2Files {
    struct Failure: Error {}

    /// The header that RISC Zero's own tools write.
    static let header: [UInt8] = [1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 5] + Array("1.0.0".utf8)

    static func container(
        user: [UInt8], kernel: [UInt8], header: [UInt8] = header, formatVersion: UInt32 = 1
    ) -> [UInt8] {
        var file = Array("R0BF".utf8)
        file.append(littleEndian: formatVersion)
        file.append(littleEndian: UInt32(header.count))
        file += header
        file.append(littleEndian: UInt32(user.count))
        return file + user + kernel
    }

    /// The compiled program with this name.
    static func compiled(_ name: String) throws -> [UInt8] {
        let folder = try compiledFolder.get()
        return try [UInt8](Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// The container of two compiled programs.
    static func compiled(user: String, kernel: String = "kernel") throws -> [UInt8] {
        container(user: try compiled(user), kernel: try compiled(kernel))
    }

    private static let compiledFolder = Result { () throws -> URL in
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = PythonOracle.packageRoot
            .appendingPathComponent("Tests/GuestRuntimeTests/Fixtures/Version2/build.sh")
        process.arguments = [folder.path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure() }
        return folder
    }

    /// A kernel assembled by hand, its text from 0xc000_0000 on.
    static func kernel(_ text: [UInt32]) -> [UInt8] {
        var builder = ELFBuilder(segments: [
            .init(address: 0xC000_0000, bytes: words(text)),
            .init(address: 0xC001_0000, bytes: [], memoryByteCount: 1 << 16, flags: 6),
        ])
        builder.entry = 0xC000_0000
        return builder.file()
    }

    /// A user's program assembled by hand.
    static func user(_ text: [UInt32]) -> [UInt8] { ELFBuilder(text: text).file() }

    static func words(_ words: [UInt32]) -> [UInt8] {
        var bytes: [UInt8] = []
        for word in words { bytes.append(littleEndian: word) }
        return bytes
    }

    /// Writes bytes to a file of their own for `body`.
    static func withFile<T>(_ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }
}
