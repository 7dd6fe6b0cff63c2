import GuestRuntime
import TestSupport
import Testing

/// Translations that were kept, right and wrong ones.
@Suite(.enabled(if: Engine.translator.isAvailable)) struct EncodedTranslationTests {
    private let elf = LeftoverPrograms.looker

    private func program(_ translation: [UInt8]) throws -> GuestProgram {
        try GuestProgram(elf: elf, vm: .sp1, translation: translation)
    }

    @Test func aKeptTranslationIsTheSameOneAndRuns() throws {
        let fresh = try GuestProgram(elf: TestPrograms.echo.elf, vm: .sp1)
        let kept = try #require(fresh.encodedTranslation)
        let again = try GuestProgram(elf: TestPrograms.echo.elf, vm: .sp1, translation: kept)
        #expect(again.encodedTranslation == kept)
        let outcome = again.run(input: .buffer([1, 2, 3]), maxCycles: 1000)
        #expect(outcome == fresh.run(input: .buffer([1, 2, 3]), maxCycles: 1000))
        #expect(outcome.output == [1, 2, 3])
    }

    /// The bytes that are given are used: with other code in them, another program runs.
    @Test func whatIsKeptIsNotTranslatedAgain() throws {
        var kept = try #require(try GuestProgram(elf: elf, vm: .sp1).encodedTranslation)
        let end = kept.count - 1
        kept[end] ^= 0x80  // A mark that nothing looks at.
        #expect(try program(kept).encodedTranslation == kept)
    }

    @Test func cutAndLengthenedOnesAreNotUsed() throws {
        let kept = try #require(try GuestProgram(elf: elf, vm: .sp1).encodedTranslation)
        for count in Array(0..<40) + [kept.count / 2, kept.count - 1] {
            #expect(try program(Array(kept.prefix(count))).encodedTranslation == kept)
        }
        #expect(try program(kept + [0]).encodedTranslation == kept)
    }

    @Test func thoseOfOtherProgramsAreNotUsed() throws {
        let kept = try #require(try GuestProgram(elf: elf, vm: .sp1).encodedTranslation)
        let other = try GuestProgram(elf: LeftoverPrograms.greedyScribbler, vm: .sp1)
        let otherKept = try #require(other.encodedTranslation)
        #expect(otherKept != kept)
        #expect(try program(otherKept).encodedTranslation == kept)
        // The same text under the rules and costs of another machine.
        let riscZero = try GuestProgram(elf: elf, vm: .risc0, translation: kept)
        #expect(riscZero.encodedTranslation != kept)
    }

    @Test func lengthsAndOffsetsThatAreNoneAreRefused() throws {
        let kept = try #require(try GuestProgram(elf: elf, vm: .sp1).encodedTranslation)
        // The magic, the fingerprint, three lengths, and the highest bytes of the two exits.
        for offset in Array(0..<28) + [31, 35] {
            var wrong = kept
            wrong[offset] ^= 0xff
            #expect(try program(wrong).encodedTranslation == kept)
        }
    }
}
