import Bytes
import Foundation
import GuestRuntime
import TestSupport
import Testing

@testable import tandem

/// The benchmark's program against the same source compiled for this machine.
@Suite struct RealProgramTests {
    /// What the native build prints for this input.
    private func native(_ input: [UInt8]) throws -> [UInt8] {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: place) }
        // The SDK's own string.h is not for this machine: only tandem.h is taken.
        let sdk = try GuestPrograms.sdk()
        try FileManager.default.copyItem(
            atPath: sdk.include + "/tandem.h", toPath: place.path + "/tandem.h")
        let guest = place.path + "/guest.o"
        let program = place.path + "/program"
        let host = "/Tests/GuestProgramsTests/Oracles/native_host.c"
        try run([
            "-O2", "-I", place.path, "-Dmain=guest_main", "-c", GuestPrograms.path("RealProgram.c"),
            "-o", guest,
        ])
        try run([
            "-O2", "-I", place.path, PythonOracle.packageRoot.path + host, guest, "-lcrypto",
            "-o", program,
        ])
        let output = try #require(try output(of: program, [Hex.encode(input)]))
        return try #require(Hex.decode(output))
    }

    private func run(_ arguments: [String]) throws {
        #expect(try output(of: GuestToolchain().clang, arguments) != nil)
    }

    /// What a program prints; nil when it does not end with 0.
    private func output(of program: String, _ arguments: [String]) throws -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
    }

    @Test(arguments: GuestVM.allCases)
    func computesWhatThisMachineComputes(vm: GuestVM) throws {
        for rounds in 0...1 {
            let input = [UInt8](repeating: 0, count: 31) + [UInt8(rounds)]
            let outcome = try GuestPrograms.program("RealProgram.c", vm, precompiles: false).run(
                input: .job(vm: vm, onchainInput: input, offchainInput: nil, state: nil),
                maxCycles: 1 << 32)
            #expect(outcome.status == .succeeded)
            #expect(outcome.output == (try native(input)))
            if rounds == 1 { #expect((6_000_000...8_000_000).contains(outcome.instructions)) }
        }
    }
}
