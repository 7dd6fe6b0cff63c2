import Foundation

/// A server written in Python, run for the length of a test. It prints one line when it is ready.
public final class ServerProcess: @unchecked Sendable {
    // Unchecked: `Process` is used by one test at a time, and only to signal and to wait.
    private let process: Process

    /// The line that the server printed.
    public let firstLine: String

    /// Starts `script` (a path below `Tests/`) and waits until it is ready.
    public init(_ script: String, _ arguments: [String]) throws {
        process = Process()
        process.executableURL = PythonOracle.interpreter
        process.arguments =
            [PythonOracle.packageRoot.appendingPathComponent("Tests/" + script).path] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
            if byte == UInt8(ascii: "\n") { break }
            line.append(byte)
        }
        firstLine = String(decoding: line, as: UTF8.self)
        guard !line.isEmpty else {
            throw PythonOracle.Failure("\(script) \(arguments) ended before it was ready")
        }
    }

    deinit { stop() }

    /// Freezes the process: it accepts connections, and answers nothing.
    public func freeze() { kill(process.processIdentifier, SIGSTOP) }

    /// Lets a frozen process go on.
    public func thaw() { kill(process.processIdentifier, SIGCONT) }

    /// Ends the process.
    public func stop() {
        guard process.isRunning else { return }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// A TCP port on 127.0.0.1 that nobody listens on now.
    public static func freePort() -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = bind(descriptor, generic, length)
                _ = getsockname(descriptor, generic, &length)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
