import Bytes
import GuestRuntime
import Testing

@testable import ExecutionPool

extension ExecutionPoolTests {
    /// Translations on their way from executors into files and back.
    @Suite(.enabled(if: Engine.translator.isAvailable)) struct KeptTranslations {
        private static let image = TestPrograms.echo

        private static func id() throws -> ProgramID {
            try GuestProgram(elf: image.elf, vm: image.vm).computedID
        }

        private func fixture(
            _ mode: String?, _ place: TemporaryDirectory, build: [UInt8] = [1]
        ) throws -> PoolFixture {
            let id = try Self.id()
            return try PoolFixture(
                mode: mode, executorCount: 1,
                { $0.codeCache = CodeCacheConfiguration(directory: place.path, build: build) },
                programs: { _ in
                    ProgramImage(elf: Self.image.elf, vm: Self.image.vm, computedID: id)
                })
        }

        private func file(_ place: TemporaryDirectory) -> CodeFile? {
            place.names.first { $0.hasSuffix(".code") }
                .flatMap { CodeFile(decoding: place.bytes(of: $0)) }
        }

        @Test(arguments: ["executor", nil])
        func aCheckKeepsTheTranslation(_ mode: String?) async throws {
            let place = try TemporaryDirectory()
            let fixture = try fixture(mode, place)
            defer { fixture.pool.shutdown() }
            _ = try await fixture.outcome(of: .check(elf: Self.image.elf, vm: Self.image.vm))
            #expect(await ChildProcesses.eventually { file(place) != nil })
            let kept = try GuestProgram(elf: Self.image.elf, vm: Self.image.vm).encodedTranslation
            #expect(file(place)?.code == kept)
            #expect(file(place)?.program == (try Self.id()))
            #expect(try await fixture.outcome(of: .echo([1, 2])).output == [1, 2])
        }

        @Test(arguments: ["executor", nil])
        func aRunOfWhatWasNotCheckedKeepsItToo(_ mode: String?) async throws {
            let place = try TemporaryDirectory()
            let fixture = try fixture(mode, place)
            defer { fixture.pool.shutdown() }
            #expect(try await fixture.outcome(of: .echo([1, 2])).output == [1, 2])
            #expect(await ChildProcesses.eventually { file(place) != nil })
        }

        /// A file that says another build made it, one that is damaged, and one whose translation is
        /// of another program are translated anew; a good one is used as it is.
        @Test func filesAreUsedOrReplaced() async throws {
            let place = try TemporaryDirectory()
            let id = try Self.id()
            let kept = try #require(
                try GuestProgram(elf: Self.image.elf, vm: Self.image.vm).encodedTranslation)
            let good = CodeFile(build: [1], program: id, code: kept)
            let name = String("\(id)".dropFirst(2)) + ".code"
            let others = [
                CodeFile(build: [2], program: id, code: [0]).encoded(),
                Array(good.encoded().dropLast()), good.encoded(),
            ]
            for bytes in others {
                try place.write(bytes, to: name)
                let fixture = try fixture("executor", place)
                #expect(try await fixture.outcome(of: .echo([3])).output == [3])
                #expect(await ChildProcesses.eventually { file(place) == good })
                fixture.pool.shutdown()
            }
            // One that fits no program is not run, whatever its checksum says.
            try place.write(
                CodeFile(build: [1], program: id, code: Array(kept.reversed())).encoded(), to: name)
            let fixture = try fixture("executor", place)
            #expect(try await fixture.outcome(of: .echo([3])).output == [3])
            fixture.pool.shutdown()
        }

        @Test func thePoolSaysHowProgramsRun() async throws {
            let place = try TemporaryDirectory()
            let fixture = try fixture("executor", place)
            defer { fixture.pool.shutdown() }
            #expect(try await fixture.outcome(of: .echo([3])).output == [3])
            #expect(fixture.pool.statistics.isTranslating == true)
        }
    }
}
