import Bytes
import TestSupport
import Testing

@testable import GuestRuntime

@Suite struct ImageIDV2Tests {
    /// Whole containers against an implementation in Python: compiled programs, whose ELF headers lie
    /// at the same addresses in both images, and segments that overlap in every way.
    @Test func programsMatchPython() throws {
        var files = [try Version2Files.compiled(user: "calls")]
        var random = SeededRandom(seed: 2_048)
        for _ in 0..<4 {
            var user = ELFBuilder(text: [0x13, 0x73])
            user.segments[1].memoryByteCount = 8
            var kernel = ELFBuilder(segments: [
                .init(address: 0xC000_0000, bytes: random.bytes(64))
            ])
            kernel.entry = 0xC000_0004
            for _ in 0..<3 {
                user.segments.append(segment(0x10000, &random))
                kernel.segments.append(segment(0x10000, &random))
                kernel.segments.append(segment(0xFFFE_0000, &random))
            }
            files.append(Version2Files.container(user: user.file(), kernel: kernel.file()))
        }
        for file in files {
            let lines = try Version2Files.withFile(file) { path in
                try PythonOracle.lines("GuestRuntimeTests/Oracles/poseidon2.py", [path])
            }
            let program = try GuestProgram(elf: file, vm: .risc0)
            let root = ImageIDV2.merkleRoot(try #require(program.contained).initialMemory)
            #expect(lines == ["\(root.hex) \(program.computedID.hex)"])
        }
    }

    /// Data of up to three pages near an address, with zeros behind it.
    private func segment(_ base: UInt32, _ random: inout SeededRandom) -> ELFBuilder.Segment {
        let count = Int.random(in: 1..<1500, using: &random)
        return .init(
            address: base + UInt32.random(in: 0..<700, using: &random) * 4,
            bytes: random.bytes(count),
            memoryByteCount: UInt32(count + Int.random(in: 0..<800, using: &random)), flags: 6)
    }
}
