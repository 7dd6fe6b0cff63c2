import Bytes
import TestSupport
import Testing

@testable import GuestRuntime

@Suite struct ProgramContainerTests {
    private let user = Version2Files.user([Assembler.ecall])
    private let kernel = Version2Files.kernel([Assembler.ecall])

    private func error(_ file: [UInt8]) -> ContainerError? {
        do throws(ContainerError) {
            _ = try ContainedProgram(parsing: file)
            return nil
        } catch { return error }
    }

    private func error(header: [UInt8]) -> ContainerError? {
        error(Version2Files.container(user: user, kernel: kernel, header: header))
    }

    /// An entry that names the version of the calls.
    private func version(_ text: String, kind: UInt8 = 0) -> [UInt8] {
        entry([0, kind, UInt8(text.utf8.count)] + Array(text.utf8))
    }

    private func entry(_ bytes: [UInt8]) -> [UInt8] {
        Version2Files.words([UInt32(bytes.count)]) + bytes
    }

    private func entries(_ entries: [UInt8]...) -> [UInt8] {
        Version2Files.words([UInt32(entries.count)]) + entries.flatMap(\.self)
    }

    @Test func partsComeBack() throws {
        let file = Version2Files.container(user: [1, 2, 3, 4], kernel: [5, 6, 7])
        let container = try ProgramContainer(parsing: file)
        #expect(container.userELF == [1, 2, 3, 4])
        #expect(container.kernelELF == [5, 6, 7])
        #expect(error(Version2Files.container(user: user, kernel: kernel)) == nil)
    }

    /// Every file that stops early is refused, and nothing traps.
    @Test func truncated() throws {
        let file = Version2Files.container(user: [1, 2, 3, 4], kernel: [5])
        for count in 0..<file.count {
            #expect(throws: ContainerError.self) {
                _ = try ProgramContainer(parsing: Array(file[..<count]))
            }
        }
        #expect(error(Array(file[..<3])) == .notContainer)
        #expect(error(Array(file[..<6])) == .truncated(part: "format version"))
        #expect(error(Array(file[..<20])) == .truncated(part: "header"))
        #expect(error(Array(file[..<30])) == .truncated(part: "length of the user's ELF"))
        #expect(error(Array(file[..<34])) == .truncated(part: "user's ELF"))
        #expect(error(Array(file[..<36])) == .noKernelELF)
        #expect(error(Version2Files.container(user: [], kernel: [1])) == .noUserELF)
    }

    /// Any byte changed, or any bytes at all: an answer, never a trap.
    @Test func changedBytes() {
        let file = Version2Files.container(user: user, kernel: kernel)
        var random = SeededRandom(seed: 77)
        for index in file.indices {
            var changed = file
            changed[index] = UInt8.random(in: 0...255, using: &random)
            _ = error(changed)
        }
        for count in 0..<200 { _ = error(ProgramContainer.magic + random.bytes(count)) }
    }

    @Test func headers() {
        #expect(error(header: entries(version("1.2.33"))) == nil)
        #expect(error(header: entries(entry([7, 1, 2]), version("1.0.0"), entry([]))) == nil)
        #expect(error(header: entries()) == .versionEntries(count: 0))
        #expect(
            error(header: entries(version("1.0.0"), version("1.0.0"))) == .versionEntries(count: 2))
        #expect(error(header: entries(version("1.0.0")) + [0]) == .bytesBehindHeader(count: 1))
        #expect(error(header: entries(version("1.0.0", kind: 1))) == .unknownABI(1))
        #expect(error(header: entries(version("2.0.0"))) == .unknownABIVersion("2.0.0"))
        for text in ["1.0", "1.0.0.0", "1..0", "1.0.x", "01.0.0", "1.0.0-rc.1", ""] {
            #expect(error(header: entries(version(text))) == .malformedVersion)
        }
        #expect(error(header: entries(entry([0]))) == .malformedVersion)
        #expect(
            error(header: entries(entry([0, 0, 9] + Array("1.0.0".utf8)))) == .malformedVersion)
        #expect(error(header: Version2Files.words([17])) == .tooManyEntries(17))
        #expect(error(header: Version2Files.words([1, .max])) == .truncated(part: "header"))
        #expect(error(header: [1, 0]) == .truncated(part: "header"))
        let later = Version2Files.container(user: user, kernel: kernel, formatVersion: 2)
        #expect(error(later) == .unknownFormatVersion(2))
    }

    @Test func programs() {
        func container(_ kernel: ELFBuilder) -> [UInt8] {
            Version2Files.container(user: user, kernel: kernel.file())
        }
        #expect(error(Version2Files.container(user: [1], kernel: kernel)) == .user(.notELF))
        #expect(error(Version2Files.container(user: user, kernel: [1])) == .kernel(.notELF))
        #expect(
            error(container(ELFBuilder(text: [0x13])))
                == .kernelTextOutside(start: 0x0020_0800, end: 0x0020_0804))
        var high = ELFBuilder(segments: [.init(address: 0xFEFF_FFFC, bytes: [0x13, 0, 0, 0])])
        high.entry = 0xFEFF_FFFC
        #expect(error(container(high)) == nil)
        high.segments[0].address = 0xFF00_0000
        high.entry = 0xFF00_0000
        #expect(
            error(container(high)) == .kernelTextOutside(start: 0xFF00_0000, end: 0xFF00_0004))
        // The words of the machine are not a program's.
        high.segments.append(.init(address: 0xFFFF_0000, bytes: [1, 0, 0, 0], flags: 6))
        guard case .kernel(.segmentOutsideMemory)? = error(container(high)) else {
            Issue.record("a segment over the machine's words")
            return
        }
        var wide = ELFBuilder(text: [0x13])
        wide.segments.append(.init(address: 0xBFFF_FFFC, bytes: [1, 0, 0, 0]))
        #expect(error(Version2Files.container(user: wide.file(), kernel: kernel)) == nil)
        wide.segments[2].address = 0xC000_0000
        guard
            case .user(.segmentOutsideMemory)? = error(
                Version2Files.container(user: wide.file(), kernel: kernel))
        else {
            Issue.record("a user's segment in the kernel's memory")
            return
        }
    }

    @Test func kernelsThatAreTooLarge() {
        var large = ELFBuilder(segments: [.init(address: 0xC000_0000, bytes: [0x13, 0, 0, 0])])
        large.entry = 0xC000_0000
        let count = GuestRuntimeLimits.kernelMemoryByteCountMax
        large.segments.append(
            .init(
                address: 0xC100_0000, bytes: [UInt8](repeating: 1, count: count), flags: 6))
        let file = Version2Files.container(user: user, kernel: large.file())
        #expect(error(file) == .kernelTooLarge)
    }

    @Test func descriptionsSayWhatIsWrong() {
        let errors: [ContainerError] = [
            .notContainer, .tooLong(byteCount: 1), .truncated(part: "header"),
            .unknownFormatVersion(2), .tooManyEntries(99), .bytesBehindHeader(count: 1),
            .versionEntries(count: 0), .malformedVersion, .unknownABI(1),
            .unknownABIVersion("2.0.0"),
            .noUserELF, .noKernelELF, .user(.notELF), .kernel(.notELF), .kernelTooLarge,
            .kernelTextOutside(start: 1, end: 2),
        ]
        for error in errors {
            #expect(error.description.hasPrefix("the R0BF container "))
            #expect(error.description.count > 35)
        }
    }
}
