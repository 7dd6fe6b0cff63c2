import TestSupport
import Testing

@testable import GuestRuntime

@Suite struct KernelMemoryTests {
    /// Random accesses near page and table borders and at both ends, against a dictionary.
    @Test func accessesMatchADictionary() throws {
        var random = SeededRandom(seed: 5_050)
        var memory = KernelMemory()
        var expected: [UInt32: UInt8] = [:]
        let bases: [UInt32] = [
            0xC000_0000, 0xC000_0FF0, 0xC00F_FFE0, 0xDFFF_F000, 0xFFFF_0000, 0xFFFF_FF00,
        ]
        for _ in 0..<4000 {
            let base = bases.randomElement(using: &random) ?? 0xC000_0000
            let address = base + UInt32.random(in: 0..<100, using: &random)
            let count = Int.random(in: 0...100, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let bytes = random.bytes(count)
                try memory.write(address, bytes.span)
                for (index, byte) in bytes.enumerated() { expected[address + UInt32(index)] = byte }
            case 1:
                let value = UInt32.random(in: 0...UInt32.max, using: &random)
                try memory.setWord(address & ~3, value)
                for index in UInt32(0)..<4 {
                    expected[address & ~3 + index] = UInt8(value >> (index * 8) & 0xff)
                }
            case 2:
                let bytes = (0..<UInt32(count)).map { expected[address + $0] ?? 0 }
                #expect(memory.read(address, byteCount: count) == bytes)
            default:
                let word = (UInt32(0)..<4).reduce(0) {
                    $0 | UInt32(expected[address & ~3 + $1] ?? 0) << ($1 * 8)
                }
                #expect(memory.word(address & ~3) == word)
            }
        }
    }

    /// Whole pages at once, with one between them that is not there.
    @Test func longRanges() throws {
        var memory = KernelMemory()
        try memory.write(0xC000_0FFE, [UInt8](repeating: 7, count: 3).span)
        try memory.write(0xC000_2000, [9].span)
        var expected = [UInt8](repeating: 0, count: 3 << 12)
        expected.replaceSubrange(0xFFE..<0x1001, with: [7, 7, 7])
        expected[0x2000] = 9
        #expect(memory.read(0xC000_0000, byteCount: 3 << 12) == expected)
    }

    @Test func ranges() {
        #expect(KernelMemory.contains(0xC000_0000, byteCount: 1 << 30))
        #expect(!KernelMemory.contains(0xC000_0000, byteCount: 1 << 30 + 1))
        #expect(!KernelMemory.contains(0xBFFF_FFFF, byteCount: 1))
        #expect(KernelMemory.contains(0xFFFF_FFFF, byteCount: 1))
        #expect(!KernelMemory.contains(0xFFFF_FFFF, byteCount: 2))
        #expect(KernelMemory.contains(0, byteCount: 0))
    }

    /// A copy and what it was taken from go their own ways.
    @Test func copies() throws {
        var memory = KernelMemory()
        try memory.setWord(0xC000_0000, 1)
        var copy = memory
        try copy.setWord(0xC000_0000, 2)
        try copy.setWord(0xF000_0000, 3)
        #expect(memory.word(0xC000_0000) == 1)
        #expect(memory.word(0xF000_0000) == 0)
        #expect(copy.word(0xC000_0000) == 2)
    }
}
