import RISCV
import TestSupport
import Testing

/// The fuzzers' bodies on what the fuzzers found before and on seeds, as they are and damaged.
@Suite struct FuzzCaseTests {
    @Test func elfFiles() throws {
        let seeds = try FuzzFiles.all("ELF")
        try #require(seeds.count >= 3)
        for seed in seeds { #expect(ELFFuzzCase.difference(seed) == nil) }
        var random = SeededRandom(seed: 61)
        for round in 0..<3000 {
            let bytes = FuzzFiles.damaged(random.choice(seeds), &random)
            #expect(ELFFuzzCase.difference(bytes) == nil, "round \(round)")
        }
    }

    @Test func programs() throws {
        let seeds = try FuzzFiles.all("Program")
        try #require(seeds.count >= 2)
        var random = SeededRandom(seed: 62)
        for round in 0..<600 {
            let bytes =
                round < seeds.count
                ? seeds[round] : FuzzFiles.damaged(random.choice(seeds), &random)
            for kind in [MachineKind.translator, .paths] {
                let difference = ProgramFuzzCase(bytes)?.difference(.specification, kind)
                #expect(difference == nil, "round \(round)")
            }
        }
    }
}
