import RISCV
import TestSupport
import Testing

@Suite struct ELFSymbolsTests {
    private static let start = ELFBuilder.textStart
    private let elf = ELFBuilder(text: [UInt32](repeating: 0x13, count: 8)).file()
    private let symbols: [SymbolTableBuilder.Symbol] = [
        .init(name: "first", address: start, byteCount: 8),
        .init(name: "label", address: start + 8, type: 0, binding: 0),
        .init(name: ".L0 ", address: start + 12, type: 0, binding: 0),
        .init(name: "$x", address: start + 12, type: 0, binding: 0),
        .init(name: "table", address: start + 16, type: 1),
        .init(name: "elsewhere", address: 0x0030_0000, section: 2),
        .init(name: "absolute", address: start, section: 0xfff1),
    ]

    @Test func codeHasNames() throws {
        let file = SymbolTableBuilder.file(elf, symbols: symbols)
        let read = try ELFSymbols(parsing: file).symbols
        #expect(read.map(\.name) == ["first", "label"])
        #expect(read.map(\.address) == [Self.start, Self.start + 8])
        #expect(read.map(\.byteCount) == [8, 0])
        #expect(read.map(\.isFunction) == [true, false])
        #expect(read.map(\.isGlobal) == [true, false])
    }

    @Test func noneNeedBeThere() throws {
        #expect(try ELFSymbols(parsing: elf).symbols.isEmpty)
        #expect(try ELFSymbols(parsing: SymbolTableBuilder.file(elf, symbols: [])).symbols.isEmpty)
    }

    @Test func longNamesAreCut() throws {
        let long = String(repeating: "n", count: RISCVLimits.symbolNameByteCountMax + 1)
        let file = SymbolTableBuilder.file(elf, symbols: [.init(name: long, address: Self.start)])
        let read = try ELFSymbols(parsing: file).symbols
        #expect(read.map(\.name.utf8.count) == [RISCVLimits.symbolNameByteCountMax])
    }

    @Test func fieldsThatAreWrong() throws {
        let file = SymbolTableBuilder.file(elf, symbols: symbols)
        let headers = file.count - 200
        func broken(_ offset: Int, _ value: UInt32) -> ELFSymbolsError? {
            var bytes = file
            bytes.replaceSubrange(offset..<offset + 4, with: SymbolTableBuilder.words(value))
            do throws(ELFSymbolsError) {
                _ = try ELFSymbols(parsing: bytes)
                return nil
            } catch { return error }
        }
        let symbolTable = headers + 120
        #expect(broken(0, 0) == .notELF32)
        #expect(broken(32, .max) == .outsideFile(part: "section header table"))
        #expect(broken(44, 39 << 16 | 32) == .sectionHeaderSize(39))
        #expect(broken(symbolTable + 16, .max) == .outsideFile(part: "symbol table"))
        #expect(broken(symbolTable + 20, .max) == .outsideFile(part: "symbol table"))
        #expect(broken(symbolTable + 36, 24) == .symbolSize(24))
        #expect(broken(symbolTable + 24, 1) == .noStringTable)
        #expect(broken(symbolTable + 24, 77) == .noStringTable)
        #expect(broken(headers + 160 + 20, .max) == .outsideFile(part: "string table"))
        #expect(broken(symbolTable + 4, 9) == nil)
    }

    /// Whatever the bytes are: an answer or an error.
    @Test func anyByteMayBeAnything() {
        let file = SymbolTableBuilder.file(elf, symbols: symbols)
        for count in 0..<file.count { _ = try? ELFSymbols(parsing: Array(file[..<count])) }
        var random = SeededRandom(seed: 0x53_594d)
        for _ in 0..<20_000 {
            var bytes = file
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let offset = Int.random(in: 0..<bytes.count, using: &random)
                bytes[offset] =
                    [0, 0xff, 0x7f, 0x80, UInt8.random(in: 0...255, using: &random)][
                        Int.random(in: 0..<5, using: &random)]
            }
            _ = try? ELFSymbols(parsing: bytes)
        }
    }
}
