import Bytes

/// The ELF32 file header, checked: an executable for little-endian 32-bit RISC-V.
struct ELFHeader {
    static let byteCount = 52
    static let programHeaderByteCount = 32

    let entry: UInt32
    let programHeaderOffset: Int
    let programHeaderCount: Int

    init(parsing file: Span<UInt8>) throws(ELFError) {
        try Self.checkIdentification(file)
        guard file.count >= Self.byteCount else {
            throw .truncated(part: "file header", byteCount: file.count)
        }
        try Self.checkKind(file)
        entry = file.littleEndianUInt32(at: 24)
        programHeaderOffset = Int(file.littleEndianUInt32(at: 28))
        let headerSize = file.littleEndianUInt16(at: 42)
        let count = file.littleEndianUInt16(at: 44)
        guard count > 0 else { throw .noSegments }
        guard headerSize == Self.programHeaderByteCount else {
            throw .programHeaderSize(headerSize)
        }
        guard count <= RISCVLimits.programHeaderCountMax else { throw .programHeaderCount(count) }
        programHeaderCount = Int(count)
        // 32 bits plus 8 KiB at most: no overflow.
        let end = programHeaderOffset + programHeaderCount * Self.programHeaderByteCount
        guard end <= file.count else {
            throw .truncated(part: "program header table", byteCount: file.count)
        }
    }

    private static func checkIdentification(_ file: Span<UInt8>) throws(ELFError) {
        guard file.count > 0 else { throw .empty }
        guard file.count <= RISCVLimits.elfByteCountMax else {
            throw .tooLong(byteCount: file.count)
        }
        let magic: [4 of UInt8] = [0x7f, 0x45, 0x4c, 0x46]
        for index in 0..<min(4, file.count) where file[index] != magic[index] { throw .notELF }
        guard file.count >= 16 else {
            throw .truncated(part: "identification", byteCount: file.count)
        }
        guard file[4] == 1 else { throw .not32Bit }
        guard file[5] == 1 else { throw .notLittleEndian }
    }

    private static func checkKind(_ file: Span<UInt8>) throws(ELFError) {
        let machine = file.littleEndianUInt16(at: 18)
        guard machine == 243 else { throw .notRISCV(machine: machine) }
        let type = file.littleEndianUInt16(at: 16)
        guard type != 3 else { throw .dynamic(detail: "type ET_DYN") }
        guard type == 2 else { throw .notExecutable(type: type) }
        // EF_RISCV_RVC is bit 0 of e_flags.
        guard file.littleEndianUInt32(at: 36) & 1 == 0 else { throw .compressed }
    }
}

extension Span<UInt8> {
    /// The little-endian unsigned integer in the two bytes at `offset`, which the caller has checked.
    func littleEndianUInt16(at offset: Int) -> UInt16 {
        bigEndianUInt16(at: offset).byteSwapped
    }
}
