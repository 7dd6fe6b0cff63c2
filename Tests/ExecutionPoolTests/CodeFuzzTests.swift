import GuestRuntime
import TestSupport
import Testing

/// The body of the fuzzer of kept translations on its seeds, as they are and damaged.
@Suite(.enabled(if: Engine.translator.isAvailable)) struct CodeFuzzTests {
    @Test func damagedTranslationsAreRefused() throws {
        let files = try FuzzFiles.all("Code")
        try #require(files.count >= 6)
        for file in files { #expect(CodeFuzzCase.difference(file) == nil) }
        var random = SeededRandom(seed: 64)
        for round in 0..<3000 {
            let bytes = FuzzFiles.damaged(random.choice(files), &random)
            #expect(CodeFuzzCase.difference(bytes) == nil, "round \(round)")
        }
    }
}
