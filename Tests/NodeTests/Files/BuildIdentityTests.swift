import Bytes
import Foundation
import Testing

@testable import Node

@Suite struct BuildIdentityTests {
    /// Judged by sha256sum, which reads the same file.
    @Test func isTheHashOfTheExecutable() throws {
        let tool = Process()
        tool.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        tool.arguments = ["/proc/\(ProcessInfo.processInfo.processIdentifier)/exe"]
        let output = Pipe()
        tool.standardOutput = output
        try tool.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        tool.waitUntilExit()
        let identity = try #require(BuildIdentity.compute())
        #expect(text.hasPrefix(Hex.encode(identity)))
    }
}
