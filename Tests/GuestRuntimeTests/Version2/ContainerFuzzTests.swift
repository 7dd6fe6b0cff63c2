import TestSupport
import Testing

/// The body of the containers' fuzzer on what it found before and on its seeds, as they are and damaged.
@Suite struct ContainerFuzzTests {
    @Test func containers() throws {
        let files = try FuzzFiles.all("Container")
        try #require(files.count >= 5)
        for file in files { #expect(ContainerFuzzCase.difference(file) == nil) }
        var random = SeededRandom(seed: 63)
        for round in 0..<120 {
            let bytes = FuzzFiles.damaged(random.choice(files), &random)
            #expect(ContainerFuzzCase.difference(bytes) == nil, "round \(round)")
        }
    }
}
