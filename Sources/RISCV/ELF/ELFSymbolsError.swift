/// Why the symbol table of an ELF cannot be read. The program may run all the same.
package enum ELFSymbolsError: Error, Hashable, Sendable {
    case notELF32
    case sectionHeaderSize(UInt16)
    case outsideFile(part: String)
    case symbolSize(UInt32)
    case tooManySymbols(Int)
    case noStringTable
    case namesTooLong
}

extension ELFSymbolsError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notELF32: "the file is no 32-bit little-endian ELF"
        case .sectionHeaderSize(let byteCount):
            "a section header has \(byteCount) bytes: 40 are needed"
        case .outsideFile(let part): "the \(part) lies past the end of the file"
        case .symbolSize(let byteCount): "a symbol has \(byteCount) bytes: 16 are needed"
        case .tooManySymbols(let count):
            "there are \(count) symbols: at most \(RISCVLimits.symbolCountMax) are read"
        case .noStringTable: "the symbol table has no table of names"
        case .namesTooLong:
            "the names of the symbols have more than \(RISCVLimits.symbolNamesByteCountMax) bytes"
        }
    }
}
