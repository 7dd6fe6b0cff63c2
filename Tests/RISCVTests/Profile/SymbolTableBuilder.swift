/// Adds a section header table with symbols to an ELF file.
enum SymbolTableBuilder {
    struct Symbol {
        var name: String
        var address: UInt32
        var byteCount: UInt32 = 0
        /// 0 label, 1 object, 2 function.
        var type: UInt8 = 2
        /// 0 local, 1 global.
        var binding: UInt8 = 1
        /// 1 is the text, 2 a section of data.
        var section: UInt16 = 1
    }

    /// `elf`, whose first segment is the text, with the sections null, text, data, symbols, names.
    static func file(_ elf: [UInt8], symbols: [Symbol]) -> [UInt8] {
        var file = elf
        while file.count % 4 != 0 { file.append(0) }
        var names: [UInt8] = [0]
        var table = [UInt8](repeating: 0, count: 16)
        for symbol in symbols {
            table += words(UInt32(names.count), symbol.address, symbol.byteCount)
            table += [symbol.binding << 4 | symbol.type, 0]
            table += [UInt8(symbol.section & 0xff), UInt8(symbol.section >> 8)]
            names += Array(symbol.name.utf8) + [0]
        }
        let tableOffset = UInt32(file.count)
        file += table
        let namesOffset = UInt32(file.count)
        file += names
        while file.count % 4 != 0 { file.append(0) }
        let headersOffset = UInt32(file.count)
        let (start, offset, count) = (word(elf, 52 + 8), word(elf, 52 + 4), word(elf, 52 + 16))
        file += [UInt8](repeating: 0, count: 40)
        file += words(0, 1, 6, start, offset, count, 0, 0, 4, 0)
        file += words(0, 1, 3, 0, 0, 0, 0, 0, 4, 0)
        file += words(0, 2, 0, 0, tableOffset, UInt32(table.count), 4, 1, 4, 16)
        file += words(0, 3, 0, 0, namesOffset, UInt32(names.count), 0, 0, 1, 0)
        file.replaceSubrange(32..<36, with: words(headersOffset))
        file.replaceSubrange(46..<52, with: [40, 0, 5, 0, 4, 0])
        return file
    }

    private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32($1 * 8) }
    }

    static func words(_ values: UInt32...) -> [UInt8] {
        values.flatMap { value in (0..<4).map { UInt8(value >> ($0 * 8) & 0xff) } }
    }
}
