import Bytes
import Foundation
import RISCV
import TestSupport
import Testing

@testable import GuestRuntime

@Suite struct ImageIDTests {
    /// The vector of RISC Zero's own hash tests (reference/zkvm.md 1.6).
    @Test func taggedStructs() throws {
        let foo = TaggedHash.hash("foo", [], [1, 2_013_265_920, 3])
        let bar = TaggedHash.hash("bar", [foo, foo], [2_013_265_920, 5])
        let baz = TaggedHash.hash("baz", [foo, bar, foo], [6, 7, 2_013_265_920, 9, 10])
        #expect(baz.hex == "9ff20cc6d365efa2af09181772f49013d05cdee6da896851614cae23aa5dd442")
    }

    /// Published ids with their Merkle roots (reference/zkvm.md 1.10).
    @Test(arguments: [
        (
            "75995094e2aa182331f39e0457b2d2876c89003377c8cc0a2390af9f43a6a7c8", UInt32(0x20360c),
            "b72846fe42270124b2f01b23477e12e21a19c0b84768d4ac3def59eeaba84058"
        ),
        (
            "3585dde552e48c2ab9d80a30d032173dac30f54d0c31d104cb86a46e41811912", 0x2726a8,
            "d6c3b4b08fa163dd44f89125f97223f6f7163e3f0f62e360d707adab8f6b7799"
        ),
    ])
    func identitiesOfRoots(root: String, entry: UInt32, identity: String) throws {
        let root = try #require(Hash32(hex: root))
        #expect(ImageID.identity(root: root, pc: entry).hex == identity)
    }

    /// Whole programs against an implementation in Python: segments that share pages, straddle them,
    /// overwrite each other and reach up to the end of memory.
    @Test func programsMatchPython() throws {
        var random = SeededRandom(seed: 1_812)
        var builders = [ELFBuilder(text: [0x13, 0x73])]
        for _ in 0..<6 {
            var builder = ELFBuilder(text: [0x13, 0x73, 0x13])
            for _ in 0..<4 {
                let count = Int.random(in: 1..<5000, using: &random)
                let word = UInt32.random(in: 0..<(0x0c00_0000 - 8192) / 4, using: &random)
                let near = 0x0020_0400 + word % 1024 * 4
                builder.segments.append(
                    .init(
                        address: Bool.random(using: &random) ? near : word * 4,
                        bytes: random.bytes(count), memoryByteCount: UInt32(count + 2000),
                        flags: 6))
            }
            builders.append(builder)
        }
        builders[0].segments.append(
            .init(address: 0x0bff_fff0, bytes: random.bytes(16), flags: 6))
        let paths = try builders.map { builder in
            let file = FileManager.default.temporaryDirectory
                .appendingPathComponent(UUID().uuidString)
            try Data(builder.file()).write(to: file)
            return file.path
        }
        defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
        let lines = try PythonOracle.lines("GuestRuntimeTests/Oracles/image_id.py", paths)
        #expect(lines.count == builders.count)
        for (builder, line) in zip(builders, lines) {
            let program = try GuestProgram(elf: builder.file(), vm: .risc0)
            let found = "\(ImageID.merkleRoot(program.image).hex) \(program.computedID.hex)"
            #expect(found == line)
        }
    }

    @Test func laterVersionsAreRefusedByName() {
        func text(_ elf: [UInt8], _ vm: GuestVM) -> String {
            do throws(GuestProgramError) {
                _ = try GuestProgram(elf: elf, vm: vm)
                return ""
            } catch { return error.description }
        }
        let container = Array("R0BF".utf8) + [1, 0, 0, 0]
        #expect(text(container, .sp1).contains("a guest of RISC Zero v2 or v3: a 32-bit ELF"))
        #expect(text(container, .risc0) == "the R0BF container ends within its header length")
        var wide = ELFBuilder(text: [0x13])
        wide.fileClass = 2
        #expect(text(wide.file(), .sp1).contains("SP1 v6 are not supported yet"))
        #expect(text(wide.file(), .risc0).contains("not 32-bit"))
    }

    /// Framing of infinityvm.md, "Program input framing".
    @Test func jobInputs() {
        let zero = GuestInput.job(
            vm: .risc0, onchainInput: [1, 2], offchainInput: [3], state: [])
        #expect(zero.stdin == [2, 0, 0, 0, 1, 2, 1, 0, 0, 0, 3, 0, 0, 0, 0])
        let onchain = GuestInput.job(
            vm: .risc0, onchainInput: [1], offchainInput: nil, state: nil)
        #expect(onchain.stdin == [1, 0, 0, 0, 1])
        let later = GuestInput.job(vm: .risc0, onchainInput: [], offchainInput: [], state: nil)
        #expect(later.stdin == [0, 0, 0, 0, 0, 0, 0, 0])
        let stateless = GuestInput.job(
            vm: .sp1, onchainInput: [1], offchainInput: [2], state: [])
        #expect(stateless.buffers == [[1], [2]])
        let stateful = GuestInput.job(
            vm: .sp1, onchainInput: [1], offchainInput: [2], state: [3])
        #expect(stateful.buffers == [[1], [2], [3]])
    }
}
