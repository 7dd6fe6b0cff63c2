import Bytes
import TestSupport
import Testing

@testable import ExecutionPool

@Suite struct CodeFileTests {
    private let file = CodeFile(build: [1, 2, 3], program: TestPrograms.id(7), code: [9, 8, 7, 6])

    @Test func comesBackAsItWas() {
        #expect(CodeFile(decoding: file.encoded()) == file)
        let empty = CodeFile(build: [], program: TestPrograms.id(0), code: [])
        #expect(CodeFile(decoding: empty.encoded()) == empty)
    }

    @Test func everyDamageIsNoticed() {
        let bytes = file.encoded()
        for count in 0..<bytes.count {
            #expect(CodeFile(decoding: Array(bytes.prefix(count))) == nil)
        }
        for bit in 0..<8 * bytes.count {
            var wrong = bytes
            wrong[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(CodeFile(decoding: wrong) == nil, "bit \(bit)")
        }
        #expect(CodeFile(decoding: bytes + [0]) == nil)
    }

    @Test func randomBytesNeverTrap() {
        var random = SeededRandom(seed: 31)
        let magic = Array(file.encoded().prefix(16))
        for round in 0..<5_000 {
            #expect(CodeFile(decoding: magic + random.bytes(round % 90)) == nil)
        }
    }
}

@Suite struct CodeDirectoryTests {
    private func open(
        _ place: TemporaryDirectory, build: [UInt8] = [1], byteCountMax: Int = 10_000
    ) throws -> CodeDirectory {
        try #require(CodeDirectory(path: place.path, build: build, byteCountMax: byteCountMax))
    }

    @Test func keepsWhatIsWritten() throws {
        let place = try TemporaryDirectory()
        let directory = try open(place)
        #expect(directory.read(TestPrograms.id(1)) == nil)
        #expect(directory.write(TestPrograms.id(1), [1, 2]))
        #expect(directory.write(TestPrograms.id(2), [3]))
        #expect(directory.write(TestPrograms.id(1), [4, 5, 6]))
        #expect(try open(place).read(TestPrograms.id(1)) == [4, 5, 6])
        #expect(place.names.count == 2)
    }

    @Test func filesOfOtherBuildsAreNotThere() throws {
        let place = try TemporaryDirectory()
        #expect(try open(place, build: [1]).write(TestPrograms.id(1), [1]))
        let later = try open(place, build: [2])
        #expect(later.read(TestPrograms.id(1)) == nil)
        #expect(later.write(TestPrograms.id(1), [2]))
        #expect(later.read(TestPrograms.id(1)) == [2])
        #expect(place.names.count == 1)
    }

    @Test func filesUnderAnotherNameAreNotThere() throws {
        let place = try TemporaryDirectory()
        let directory = try open(place)
        #expect(directory.write(TestPrograms.id(1), [1]))
        let bytes = place.bytes(of: try #require(place.names.first))
        #expect(directory.write(TestPrograms.id(2), [2]))
        let second = try #require(place.names.first { place.bytes(of: $0) != bytes })
        try place.write(bytes, to: second)
        #expect(directory.read(TestPrograms.id(2)) == nil)
        #expect(directory.read(TestPrograms.id(1)) == [1])
    }

    @Test func damagedFilesAreReplaced() throws {
        let place = try TemporaryDirectory()
        let directory = try open(place)
        #expect(directory.write(TestPrograms.id(1), [1]))
        let name = try #require(place.names.first)
        for bytes in [[], [1, 2, 3], Array(place.bytes(of: name).dropLast())] as [[UInt8]] {
            try place.write(bytes, to: name)
            #expect(directory.read(TestPrograms.id(1)) == nil)
        }
        #expect(directory.write(TestPrograms.id(1), [1]))
        #expect(directory.read(TestPrograms.id(1)) == [1])
    }

    @Test func foreignFilesAreLeftAlone() throws {
        let place = try TemporaryDirectory()
        try place.write([1], to: "notes.txt")
        let directory = try open(place, byteCountMax: 1200)
        for number in 0..<10 {
            directory.write(TestPrograms.id(UInt64(number)), [UInt8](repeating: 1, count: 500))
        }
        #expect(place.bytes(of: "notes.txt") == [1])
    }

    @Test func allFilesTogetherStayWithinTheLimit() throws {
        let place = try TemporaryDirectory()
        let directory = try open(place, byteCountMax: 3000)
        for number in 0..<20 as Range<UInt64> {
            #expect(directory.write(TestPrograms.id(number), [UInt8](repeating: 1, count: 800)))
            #expect(place.names.reduce(0) { $0 + place.bytes(of: $1).count } <= 3000)
            #expect(directory.read(TestPrograms.id(number)) != nil)
        }
        #expect(place.names.count == 3)
        #expect(!directory.write(TestPrograms.id(99), [UInt8](repeating: 1, count: 3000)))
    }

    @Test func aPlaceThatCannotBeIsNone() {
        let directory = CodeDirectory(path: "/proc/nothing/code", build: [], byteCountMax: 1)
        #expect(directory == nil)
    }
}

@Suite struct CodeCacheTests {
    private func code(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 100) }

    @Test func theLongestUnusedLeavesMemory() throws {
        var configuration = CodeCacheConfiguration()
        configuration.memoryByteCountMax = 250
        let cache = try CodeCache(configuration)
        for number in 1...2 as ClosedRange<UInt8> {
            cache.insert(TestPrograms.id(UInt64(number)), code(number))
        }
        #expect(cache.find(TestPrograms.id(1)) == code(1))
        cache.insert(TestPrograms.id(3), code(3))
        #expect(cache.find(TestPrograms.id(2)) == nil)
        #expect(cache.find(TestPrograms.id(1)) == code(1))
        #expect(cache.find(TestPrograms.id(3)) == code(3))
        cache.insert(TestPrograms.id(4), [UInt8](repeating: 0, count: 251))
        #expect(cache.find(TestPrograms.id(4)) == nil)
        #expect(cache.find(TestPrograms.id(1)) == code(1))
    }

    @Test func whatLeftMemoryIsReadAgain() async throws {
        let place = try TemporaryDirectory()
        var configuration = CodeCacheConfiguration(directory: place.path + "/code")
        configuration.memoryByteCountMax = 150
        let cache = try CodeCache(configuration)
        try cache.open()
        for number in 1...5 as ClosedRange<UInt8> {
            cache.insert(TestPrograms.id(UInt64(number)), code(number))
        }
        let reader = try CodeCache(configuration)
        #expect(await ChildProcesses.eventually { reader.find(TestPrograms.id(5)) != nil })
        for number in 1...5 as ClosedRange<UInt8> {
            #expect(cache.find(TestPrograms.id(UInt64(number))) == code(number))
        }
        cache.close()
    }

    @Test func withoutADirectoryThereIsMemory() throws {
        let cache = try CodeCache(CodeCacheConfiguration(directory: "/proc/nothing/code"))
        #expect(cache.isDirectoryMissing)
        try cache.open()
        cache.insert(TestPrograms.id(1), code(1))
        #expect(cache.find(TestPrograms.id(1)) == code(1))
        cache.close()
    }
}
