import Bytes

/// One PT_LOAD program header, checked against the file and the ABI's memory.
struct ELFSegment {
    let index: Int
    let address: UInt32
    let fileRange: Range<Int>
    let memoryByteCount: UInt32
    let isExecutable: Bool

    /// The first address past the segment.
    var end: UInt32 { address + memoryByteCount }

    /// The file-backed bytes, rounded up to whole words: a partial last word is filled with zeros.
    var fileWordByteCount: UInt32 {
        min((UInt32(fileRange.count) + 3) & ~3, (memoryByteCount + 3) & ~3)
    }

    /// Program header `index` of the table at `offset`; nil when it is not PT_LOAD or has no bytes.
    static func parse(
        _ file: Span<UInt8>, at offset: Int, index: Int, rules: ELFRules
    ) throws(ELFError) -> ELFSegment? {
        let type = file.littleEndianUInt32(at: offset)
        guard type != 2 else { throw .dynamic(detail: "a PT_DYNAMIC program header") }
        guard type != 3 else { throw .dynamic(detail: "a PT_INTERP program header") }
        guard type == 1 else { return nil }
        let fileOffset = file.littleEndianUInt32(at: offset + 4)
        let address = file.littleEndianUInt32(at: offset + 8)
        let fileByteCount = file.littleEndianUInt32(at: offset + 16)
        let memoryByteCount = file.littleEndianUInt32(at: offset + 20)
        guard memoryByteCount >= fileByteCount else {
            throw .segmentFileLargerThanMemory(
                index: index, fileByteCount: fileByteCount, memoryByteCount: memoryByteCount)
        }
        guard memoryByteCount > 0 else { return nil }
        try check(address, memoryByteCount, index: index, rules: rules)
        // Two 32-bit values: no overflow.
        let fileEnd = Int(fileOffset) + Int(fileByteCount)
        guard fileEnd <= file.count else {
            throw .truncated(part: "segment \(index)", byteCount: file.count)
        }
        return ELFSegment(
            index: index, address: address, fileRange: Int(fileOffset)..<fileEnd,
            memoryByteCount: memoryByteCount,
            isExecutable: file.littleEndianUInt32(at: offset + 24) & 1 != 0)
    }

    private static func check(
        _ address: UInt32, _ byteCount: UInt32, index: Int, rules: ELFRules
    ) throws(ELFError) {
        guard address & 3 == 0 else { throw .segmentMisaligned(index: index, address: address) }
        let (end, wraps) = address.addingReportingOverflow(byteCount)
        guard !wraps else {
            throw .segmentWraps(index: index, address: address, byteCount: byteCount)
        }
        guard byteCount < rules.imageHigh else {
            throw .segmentTooLarge(index: index, byteCount: byteCount)
        }
        guard address >= rules.imageLow, end <= rules.imageHigh else {
            throw .segmentOutsideMemory(
                index: index, address: address, end: end, low: rules.imageLow,
                high: rules.imageHigh)
        }
    }
}
