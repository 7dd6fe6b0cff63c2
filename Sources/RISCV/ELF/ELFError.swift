/// Why an ELF file cannot be loaded. The description says what is wrong and what would be right.
package enum ELFError: Error, Hashable, Sendable {
    case empty
    case tooLong(byteCount: Int)
    case truncated(part: String, byteCount: Int)
    case notELF
    case not32Bit
    case notLittleEndian
    case notRISCV(machine: UInt16)
    case dynamic(detail: String)
    case notExecutable(type: UInt16)
    case compressed
    case programHeaderSize(UInt16)
    case programHeaderCount(UInt16)
    case noSegments
    case segmentMisaligned(index: Int, address: UInt32)
    case segmentFileLargerThanMemory(index: Int, fileByteCount: UInt32, memoryByteCount: UInt32)
    case segmentTooLarge(index: Int, byteCount: UInt32)
    case segmentWraps(index: Int, address: UInt32, byteCount: UInt32)
    case segmentOutsideMemory(index: Int, address: UInt32, end: UInt32, low: UInt32, high: UInt32)
    case segmentsOverlap(first: UInt32, second: UInt32)
    case imageTooLarge(byteCount: Int)
    case noExecutableSegment
    case executableSegmentsApart(end: UInt32, next: UInt32)
    case textTooLong(instructionCount: Int)
    case entryMisaligned(UInt32)
    case entryOutsideText(UInt32)
    case compressedInstruction(address: UInt32, word: UInt32)
    case undecodableInstruction(address: UInt32, word: UInt32)
}

extension ELFError: CustomStringConvertible {
    package var description: String {
        headerDescription ?? segmentDescription ?? textDescription
    }

    private var headerDescription: String? {
        switch self {
        case .empty:
            "the program is empty: a 32-bit RISC-V ELF is needed"
        case .tooLong(let byteCount):
            "the ELF has \(byteCount) bytes: at most \(RISCVLimits.elfByteCountMax) are accepted"
        case .truncated(let part, let byteCount):
            "the ELF is truncated: its \(part) lies past the end of the \(byteCount) bytes given"
        case .notELF:
            "the program does not begin with the ELF magic 7f 45 4c 46"
        case .not32Bit:
            "the ELF is not 32-bit: class ELFCLASS32 (riscv32im) is needed"
        case .notLittleEndian:
            "the ELF is not little-endian: data encoding ELFDATA2LSB is needed"
        case .notRISCV(let machine):
            "the ELF is for machine \(machine): 243 (RISC-V) is needed"
        case .dynamic(let detail):
            "the ELF is dynamic (\(detail)): a statically linked executable is needed"
        case .notExecutable(let type):
            "the ELF has type \(type): 2 (ET_EXEC, an executable) is needed"
        case .compressed:
            "the ELF uses compressed instructions (EF_RISCV_RVC): build for rv32im, without C"
        case .programHeaderSize(let byteCount):
            "a program header of the ELF has \(byteCount) bytes: 32 are needed"
        case .programHeaderCount(let count):
            "the ELF has \(count) program headers: at most "
                + "\(RISCVLimits.programHeaderCountMax) are accepted"
        default: nil
        }
    }

    private var segmentDescription: String? {
        switch self {
        case .noSegments:
            "the ELF has no loadable segment"
        case .segmentMisaligned(let index, let address):
            "segment \(index) starts at \(hex(address)): a multiple of 4 is needed"
        case .segmentFileLargerThanMemory(let index, let fileByteCount, let memoryByteCount):
            "segment \(index) has \(fileByteCount) bytes in the file but only "
                + "\(memoryByteCount) in memory"
        case .segmentTooLarge(let index, let byteCount):
            "segment \(index) has \(byteCount) bytes, more than the guest's memory"
        case .segmentWraps(let index, let address, let byteCount):
            "segment \(index) at \(hex(address)) with \(byteCount) bytes wraps around "
                + "the end of the address space"
        case .segmentOutsideMemory(let index, let address, let end, let low, let high):
            "segment \(index) covers \(hex(address)) up to \(hex(end)): it must lie in "
                + "\(hex(low)) up to \(hex(high))"
        case .segmentsOverlap(let first, let second):
            "the segments at \(hex(first)) and \(hex(second)) overlap"
        case .imageTooLarge(let byteCount):
            "the segments hold \(byteCount) bytes: at most \(RISCVLimits.imageByteCountMax) "
                + "are accepted"
        default: nil
        }
    }

    private var textDescription: String {
        switch self {
        case .noExecutableSegment:
            "the ELF has no executable segment"
        case .executableSegmentsApart(let end, let next):
            "the executable segments are not contiguous: one ends at \(hex(end)), the next "
                + "starts at \(hex(next))"
        case .textTooLong(let instructionCount):
            "the text has \(instructionCount) instructions: at most "
                + "\(RISCVLimits.instructionCountMax) are accepted"
        case .entryMisaligned(let entry):
            "the entry point \(hex(entry)) is not a multiple of 4"
        case .entryOutsideText(let entry):
            "the entry point \(hex(entry)) lies outside the program's text"
        case .compressedInstruction(let address, let word):
            "the text has a compressed instruction at \(hex(address)) (\(hex(word))): build for "
                + "rv32im, without C"
        case .undecodableInstruction(let address, let word):
            "the word \(hex(word)) at \(hex(address)) of the text is not an RV32IM instruction"
        default: ""
        }
    }

    private func hex(_ value: UInt32) -> String { HexText.word(value) }
}
