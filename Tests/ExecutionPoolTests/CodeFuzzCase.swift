import Bytes
import GuestRuntime
import TestSupport

#if canImport(ExecutionPool)
    @testable import ExecutionPool
#endif

/// A translation that was kept and then damaged: in its file, or behind the file's checksum. The first
/// byte of a case says where and how, the rest is what it is damaged with.
enum CodeFuzzCase {
    /// The longest input that is looked at.
    static let byteCountMax = 4096

    /// Returns what is wrong with what became of the damaged bytes.
    static func difference(_ bytes: [UInt8]) -> String? {
        guard let first = bytes.first, bytes.count <= byteCountMax, let kept else { return nil }
        let rest = bytes.dropFirst()
        switch first & 3 {
        case 0: return fileDifference(damaged(good(kept).encoded(), first >> 2, rest))
        case 1: return checkedFileDifference(damaged(good(kept).encoded(), first >> 2, rest))
        default: return translationDifference(damaged(kept, first >> 2, rest), kept)
        }
    }

    /// A program of a few blocks: a loop with a product, a store and a load, a call and a return.
    private static let elf = ELFBuilder(text: [
        0x0500_0513, 0x00a5_0533, 0x02a5_0533, 0x0031_0337, 0x00a3_2023, 0x0003_2583, 0xfff5_0513,
        0xfe05_18e3, 0x0080_00ef, 0x0000_0013, 0x0000_8067,
    ]).file()

    /// What is kept of the program; nil where programs are not translated.
    private static let kept: [UInt8]? = {
        // The program is well-formed, so this fails nowhere.
        try? GuestProgram(elf: elf, vm: .sp1).encodedTranslation
    }()

    private static func good(_ code: [UInt8]) -> CodeFile {
        CodeFile(build: [1, 2, 3], program: ProgramID(Hash32(words: 1, 2, 3, 4)), code: code)
    }

    /// Other bytes, the start of these with other bytes behind it, or these with some changed.
    private static func damaged(
        _ bytes: [UInt8], _ way: UInt8, _ damage: ArraySlice<UInt8>
    ) -> [UInt8] {
        switch way & 3 {
        case 0: return Array(damage)
        case 1:
            let count = Int(damage.first ?? 0) * bytes.count / 255
            return Array(bytes[..<count] + damage.dropFirst())
        default:
            var changed = bytes
            var edits = damage
            while edits.count >= 3 {
                let edit = Array(edits.prefix(3))
                let place = (Int(edit[0]) | Int(edit[1]) << 8) % changed.count
                changed[place] = way & 2 == 2 && way & 1 == 1 ? edit[2] : changed[place] ^ edit[2]
                edits = edits.dropFirst(3)
            }
            return changed
        }
    }

    /// A file that was changed anywhere is none.
    private static func fileDifference(_ bytes: [UInt8]) -> String? {
        guard let kept, let file = CodeFile(decoding: bytes) else { return nil }
        return file == good(kept) && bytes == file.encoded() ? nil : "a damaged file is taken"
    }

    /// With a checksum that fits, only the layout of a file can be wrong, and there is one layout.
    private static func checkedFileDifference(_ bytes: [UInt8]) -> String? {
        var bytes = Array(bytes.dropLast(8))
        bytes.append(bigEndian: CodeFile.checksum(of: bytes.span))
        guard let file = CodeFile(decoding: bytes) else { return nil }
        return file.encoded() == bytes ? nil : "a file is taken that nobody writes"
    }

    /// Either the bytes are used as they are, or the program is translated again; nothing is read
    /// beyond them.
    private static func translationDifference(_ bytes: [UInt8], _ kept: [UInt8]) -> String? {
        guard let program = try? GuestProgram(elf: elf, vm: .sp1, translation: bytes) else {
            return "the program is refused"
        }
        let used = program.encodedTranslation
        return used == bytes || used == kept ? nil : "bytes are used in part"
    }
}
