import Bytes

/// The functions that an ELF file names. A file need not name any: then the list is empty.
package struct ELFSymbols: Sendable {
    /// A name for code.
    package struct Symbol: Hashable, Sendable {
        /// The address of its first instruction.
        package let address: UInt32
        /// How many bytes it says it covers; 0 when it does not say.
        package let byteCount: UInt32
        /// Whether the symbol says it is a function; otherwise it is a label in the code.
        package let isFunction: Bool
        /// Whether other files could use the name when the program was linked.
        package let isGlobal: Bool
        /// The name as it stands in the file.
        package let name: String

        /// A symbol with these parts.
        package init(
            address: UInt32, byteCount: UInt32, isFunction: Bool = true, isGlobal: Bool = true,
            name: String
        ) {
            self.address = address
            self.byteCount = byteCount
            self.isFunction = isFunction
            self.isGlobal = isGlobal
            self.name = name
        }
    }

    /// The symbols of code, in the order of the file.
    package let symbols: [Symbol]

    /// No symbols.
    package static let none = ELFSymbols(symbols: [])

    /// These symbols.
    package init(symbols: [Symbol]) {
        self.symbols = symbols
    }

    /// Reads the symbol table of an ELF file. Any bytes may be given. O(file).
    ///
    /// - Throws: `ELFSymbolsError` when there is a table and it cannot be read.
    package init(parsing file: [UInt8]) throws(ELFSymbolsError) {
        let reader = try SymbolReader(file)
        symbols = try reader.symbols()
    }
}

/// Walks the section headers (Tool Interface Standard, ELF specification 1.2, book I chapter 1).
private struct SymbolReader {
    private struct Section {
        let type: UInt32
        let isExecutable: Bool
        let range: Range<Int>
        let link: Int
        let entryByteCount: UInt32
    }

    private let file: [UInt8]
    private let headersOffset: Int
    private let headerCount: Int

    init(_ file: [UInt8]) throws(ELFSymbolsError) {
        let magic: [6 of UInt8] = [0x7f, 0x45, 0x4c, 0x46, 1, 1]
        guard file.count >= ELFHeader.byteCount else { throw .notELF32 }
        for index in 0..<6 where file[index] != magic[index] { throw .notELF32 }
        self.file = file
        headersOffset = Int(file.span.littleEndianUInt32(at: 32))
        headerCount = headersOffset == 0 ? 0 : Int(file.span.littleEndianUInt16(at: 48))
        guard headerCount > 0 else { return }
        let byteCount = file.span.littleEndianUInt16(at: 46)
        guard byteCount == 40 else { throw .sectionHeaderSize(byteCount) }
        // 32 bits plus 40 * 2^16 at most: no overflow.
        guard headersOffset + headerCount * 40 <= file.count else {
            throw .outsideFile(part: "section header table")
        }
    }

    /// The symbols of the first symbol table that name code.
    func symbols() throws(ELFSymbolsError) -> [ELFSymbols.Symbol] {
        guard let table = (0..<headerCount).map(section).first(where: { $0.type == 2 }) else {
            return []
        }
        guard table.entryByteCount == 16 else { throw .symbolSize(table.entryByteCount) }
        guard table.range.upperBound <= file.count else {
            throw .outsideFile(part: "symbol table")
        }
        let count = table.range.count / 16
        guard count <= RISCVLimits.symbolCountMax else { throw .tooManySymbols(count) }
        guard table.link < headerCount, section(table.link).type == 3 else { throw .noStringTable }
        let names = section(table.link).range
        guard names.upperBound <= file.count else { throw .outsideFile(part: "string table") }
        return try read(count, at: table.range.lowerBound, names: names)
    }

    private func read(
        _ count: Int, at start: Int, names: Range<Int>
    ) throws(ELFSymbolsError) -> [ELFSymbols.Symbol] {
        let isCode = (0..<headerCount).map { section($0).isExecutable }
        var symbols: [ELFSymbols.Symbol] = []
        var nameByteCount = 0
        for offset in stride(from: start, to: start + count * 16, by: 16) {
            let home = Int(file.span.littleEndianUInt16(at: offset + 14))
            // STT_NOTYPE (a label) or STT_FUNC, in a section of instructions.
            let type = file[offset + 12] & 15
            guard type == 0 || type == 2, home < headerCount, isCode[home] else { continue }
            let name = name(at: Int(file.span.littleEndianUInt32(at: offset)), in: names)
            guard Self.isName(name) else { continue }
            nameByteCount += name.utf8.count
            guard nameByteCount <= RISCVLimits.symbolNamesByteCountMax else { throw .namesTooLong }
            symbols.append(
                .init(
                    address: file.span.littleEndianUInt32(at: offset + 4),
                    byteCount: file.span.littleEndianUInt32(at: offset + 8), isFunction: type == 2,
                    isGlobal: file[offset + 12] >> 4 != 0, name: name))
        }
        return symbols
    }

    /// The text up to a zero byte, to the end of the table, or to the length that is read at most.
    private func name(at offset: Int, in names: Range<Int>) -> String {
        guard offset < names.count else { return "" }
        let start = names.lowerBound + offset
        let end = min(names.upperBound, start + RISCVLimits.symbolNameByteCountMax)
        let stop = (start..<end).first { file[$0] == 0 } ?? end
        return String(decoding: file[start..<stop], as: UTF8.self)
    }

    /// Whether a person gave the name: not a compiler's label, nor a mark where data starts.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".L") && !name.hasPrefix("$x") && !name.hasPrefix("$d")
    }

    /// Section header `index`, which is below `headerCount`.
    private func section(_ index: Int) -> Section {
        let offset = headersOffset + index * 40
        let start = Int(file.span.littleEndianUInt32(at: offset + 16))
        return Section(
            type: file.span.littleEndianUInt32(at: offset + 4),
            isExecutable: file.span.littleEndianUInt32(at: offset + 8) & 4 != 0,
            // Two 32-bit values: no overflow.
            range: start..<start + Int(file.span.littleEndianUInt32(at: offset + 20)),
            link: Int(file.span.littleEndianUInt32(at: offset + 24)),
            entryByteCount: file.span.littleEndianUInt32(at: offset + 36))
    }
}
