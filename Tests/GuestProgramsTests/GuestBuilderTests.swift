import Bytes
import Foundation
import GuestRuntime
import TestSupport
import Testing

@testable import tandem

/// What the builder makes, and what it says when it cannot.
@Suite struct GuestBuilderTests {
    private struct LoadSegment {
        let offset, address, fileBytes, memoryBytes, flags: Int
    }

    private func word(_ elf: [UInt8], _ offset: Int, _ count: Int = 4) -> Int {
        (0..<count).reduce(0) { $0 | Int(elf[offset + $1]) << (8 * $1) }
    }

    private func segments(_ elf: [UInt8]) -> [LoadSegment] {
        (0..<word(elf, 44, 2)).map { word(elf, 28) + 32 * $0 }
            .filter { word(elf, $0) == 1 }
            .map {
                LoadSegment(
                    offset: word(elf, $0 + 4), address: word(elf, $0 + 8),
                    fileBytes: word(elf, $0 + 16), memoryBytes: word(elf, $0 + 20),
                    flags: word(elf, $0 + 24))
            }
    }

    /// The rules of SP1 v5 and of RISC Zero v1 at once (reference/zkvm.md 1.2 and 2.2).
    @Test(
        arguments: GuestVM.allCases,
        ["square-root", "balance", "accumulator", "approvals", "Runtime.c", "Language.swift"])
    func makesWhatTheStrictestLoaderTakes(vm: GuestVM, program: String) throws {
        let elf = try GuestPrograms.product(program, vm).elf
        #expect(Array(elf.prefix(7)) == [0x7f, 0x45, 0x4c, 0x46, 1, 1, 1])
        #expect(word(elf, 16, 2) == 2 && word(elf, 18, 2) == 243)
        #expect(word(elf, 36) == 0, "no compressed instructions, no floating point")
        let loaded = segments(elf)
        let entry = word(elf, 24)
        var end = 0x0020_0800
        for segment in loaded {
            #expect(segment.address >= end && segment.address % 4 == 0)
            #expect(segment.memoryBytes >= segment.fileBytes && segment.memoryBytes > 0)
            #expect(segment.flags & 3 != 3, "writable and executable")
            end = segment.address + segment.memoryBytes
        }
        #expect(end < 0x0C00_0000)
        let code = loaded.filter { $0.flags & 1 != 0 }
        #expect(code.count == 1)
        let text = try #require(code.first)
        #expect(text.fileBytes == text.memoryBytes && text.fileBytes % 4 == 0)
        #expect(entry % 4 == 0 && entry >= text.address && entry < text.address + text.fileBytes)
        for offset in stride(from: text.offset, to: text.offset + text.fileBytes, by: 4) {
            #expect(elf[offset] & 3 == 3, "a compressed instruction at file offset \(offset)")
        }
    }

    @Test(
        arguments: [
            ("square-root", 16_000), ("balance", 6_000), ("accumulator", 24_000),
            // 45 KB are multiples of secp256k1's generator.
            ("approvals", 88_000),
        ])
    func makesSmallPrograms(program: String, ceiling: Int) throws {
        for vm in GuestVM.allCases {
            #expect(try GuestPrograms.product(program, vm).elf.count <= ceiling)
        }
    }

    /// The same sources elsewhere, found in another order, with another builder.
    @Test func makesTheSameBytesAnywhere() throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: place) }
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        var builder = try GuestPrograms.builder(.risc0)
        for program in ["accumulator", "Runtime.c"] {
            let copy = place.appendingPathComponent("copy \(program)")
            try FileManager.default.copyItem(
                atPath: GuestPrograms.path(program), toPath: copy.path)
            let again = try builder.build(GuestSources([copy.path]))
            let first = try GuestPrograms.product(program, .risc0)
            #expect(again.elf == first.elf)
            #expect(again.program.computedID == first.program.computedID)
        }
    }

    private func withFiles<Result>(
        _ files: [String: String], _ body: (String) throws -> Result
    ) throws -> Result {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: place) }
        for (name, text) in files {
            let file = place.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        return try body(place.path)
    }

    /// Swift, C, assembly and a header, in directories below each other.
    @Test func buildsADirectoryOfAllLanguages() throws {
        let files = [
            "main.swift": "import Tandem\nimport Parts\nProgram.commit([UInt8(six() * seven())])\n",
            "module.modulemap": "module Parts { header \"parts.h\" }\n",
            "parts.h": "int six(void);\nint seven(void);\n",
            "deep/six.c": "#include \"../parts.h\"\nint six(void) { return 6; }\n",
            "deep/seven.S": ".text\n.globl seven\nseven: li a0, 7\n ret\n",
            "notes.txt": "not a source",
        ]
        try withFiles(files) { place in
            let program = try GuestPrograms.build(GuestSources([place]), .sp1).program
            #expect(program.run(input: GuestInput(), maxCycles: 10_000).output == [42])
        }
    }

    private func failure(_ files: [String: String]) throws -> String {
        try withFiles(files) { place in
            do {
                _ = try GuestPrograms.build(GuestSources([place]), .sp1)
                return "built"
            } catch {
                return "\(error)"
            }
        }
    }

    @Test func saysWhyItCannotBuild() throws {
        #expect(try failure(["a.c": "int main(void) { return x; }"]).contains("undeclared"))
        #expect(try failure(["a.c": "int f(void) { return 0; }"]).contains("has no main"))
        #expect(try failure(["a.swift": "let x: Int = \"\""]).contains("cannot convert"))
        #expect(
            try failure(["a.swift": "import Tandem\nprint(\"É\".lowercased())\n"])
                .contains("no Unicode tables"))
        #expect(try failure(["notes.txt": ""]).contains("no .c, .S or .swift file"))
        let other =
            "#include \"tandem_risc0.h\"\nint main(void) { tandem_u256 n = {{1}}; "
            + "tandem_risc0_bigint(&n, &n, &n, &n); return (int)n.words[0]; }"
        #expect(try failure(["a.c": other]).contains("a call of RISC Zero alone"))
        // No machine decodes this word, and no linker minds.
        let word = "int main(void) { __asm__(\".word 0xffffffff\"); return 0; }"
        #expect(try failure(["a.c": word]).contains("a node would refuse it"))
    }

    @Test func namesThePathsThatAreWrong() throws {
        #expect(throws: GuestBuildError.noSources(path: nil)) { try GuestSources([]) }
        #expect(throws: GuestBuildError.self) { try GuestSources(["/nowhere/at/all.c"]) }
        try withFiles(["notes.txt": ""]) { place in
            let path = place + "/notes.txt"
            #expect(throws: GuestBuildError.unknownSource(path: path)) { try GuestSources([path]) }
            #expect(throws: GuestBuildError.sdkNotFound(searched: [place])) {
                try GuestSDK(explicit: place)
            }
        }
        #expect(throws: GuestBuildError.toolNotFound(name: "swiftc")) {
            try GuestToolchain(searchPath: "/nowhere:")
        }
    }
}
