import Bytes

/// A program as it stands in memory before its first instruction.
package struct ELFImage: Sendable {
    /// Bytes at an address. Everything that no chunk covers is zero.
    package struct Chunk: Hashable, Sendable {
        /// A multiple of 4.
        package let address: UInt32
        /// A whole number of words. The indices begin anywhere: it may be part of the file.
        package let bytes: ArraySlice<UInt8>

        /// The first address past the chunk.
        package var end: UInt32 { address + UInt32(bytes.count) }

        /// A whole number of words at a multiple of 4, all below 2^32.
        package init(address: UInt32, bytes: [UInt8]) {
            self.init(address: address, bytes: bytes[...])
        }

        fileprivate init(address: UInt32, bytes: ArraySlice<UInt8>) {
            precondition(address & 3 == 0 && bytes.count & 3 == 0, "a chunk of whole words")
            self.address = address
            self.bytes = bytes
        }
    }

    /// The address of the first instruction.
    package let entry: UInt32

    /// The bytes that are not zero by default, disjoint, in ascending order of address.
    package let chunks: [Chunk]

    /// The addresses whose words are instructions: a whole number of words.
    package let text: Range<UInt32>

    /// What the segments cover, whole words, in the order of the file: the chunks, and zeros.
    package let coverage: [Range<UInt32>]

    /// An image from parts that were checked: chunks in ascending order of address.
    package init(entry: UInt32, chunks: [Chunk], text: Range<UInt32>) {
        self.entry = entry
        self.chunks = chunks
        self.text = text
        coverage = chunks.map { $0.address..<$0.end }
    }

    /// Reads an ELF file. Any bytes may be given: nothing here traps. O(n) plus O(s²) for s segments.
    package init(parsing file: [UInt8], rules: ELFRules) throws(ELFError) {
        let header = try ELFHeader(parsing: file.span)
        let segments = try Self.segments(file.span, header, rules)
        let executable = try Self.executableRanges(segments, entry: header.entry, rules)
        text = try Self.text(executable, entry: header.entry, rules)
        entry = header.entry
        guard entry & 3 == 0 else { throw .entryMisaligned(entry) }
        guard text.contains(entry) else { throw .entryOutsideText(entry) }
        let byteCount = segments.reduce(0) { $0 + $1.fileRange.count }
        guard byteCount <= RISCVLimits.imageByteCountMax else {
            throw .imageTooLarge(byteCount: byteCount)
        }
        chunks = Self.flatten(segments, file, shares: 2 * byteCount >= file.count)
        coverage = segments.map { $0.address..<($0.end + 3) & ~3 }
    }

    private static func segments(
        _ file: Span<UInt8>, _ header: ELFHeader, _ rules: ELFRules
    ) throws(ELFError) -> [ELFSegment] {
        var segments: [ELFSegment] = []
        for index in 0..<header.programHeaderCount {
            let offset = header.programHeaderOffset + index * ELFHeader.programHeaderByteCount
            if let segment = try ELFSegment.parse(file, at: offset, index: index, rules: rules) {
                segments.append(segment)
            }
        }
        guard !segments.isEmpty else { throw .noSegments }
        if !rules.laterSegmentOverwrites { try checkDisjoint(segments) }
        return segments
    }

    private static func checkDisjoint(_ segments: [ELFSegment]) throws(ELFError) {
        let ascending = segments.sorted { $0.address < $1.address }
        for (first, second) in zip(ascending, ascending.dropFirst())
        where second.address < (first.end + 3) & ~3 {
            throw .segmentsOverlap(first: first.address, second: second.address)
        }
    }

    /// The ranges of instruction words, ascending. RISC Zero ignores the executable flag, so there the
    /// segment with the entry point counts as well.
    private static func executableRanges(
        _ segments: [ELFSegment], entry: UInt32, _ rules: ELFRules
    ) throws(ELFError) -> [Range<UInt32>] {
        let chosen = segments.filter { segment in
            segment.isExecutable
                || !rules.textIsFixed && (segment.address..<segment.end).contains(entry)
        }
        var ranges = chosen.map { $0.address..<$0.address + $0.fileWordByteCount }
        if !rules.textIsFixed {
            // Fetches read guest memory, so what lies below it is never an instruction.
            ranges = ranges.map { $0.clamped(to: rules.dataLow..<rules.dataHigh) }
        }
        ranges = ranges.filter { !$0.isEmpty }
        guard !ranges.isEmpty else { throw .noExecutableSegment }
        return ranges.sorted { $0.lowerBound < $1.lowerBound }
    }

    private static func text(
        _ ranges: [Range<UInt32>], entry: UInt32, _ rules: ELFRules
    ) throws(ELFError) -> Range<UInt32> {
        let high = ranges.map(\.upperBound).max() ?? 0
        let whole = ranges[0].lowerBound..<high
        if rules.textIsFixed {
            for (range, next) in zip(ranges, ranges.dropFirst())
            where range.upperBound != next.lowerBound {
                throw .executableSegmentsApart(end: range.upperBound, next: next.lowerBound)
            }
        }
        if whole.count / 4 <= RISCVLimits.instructionCountMax { return whole }
        // Code elsewhere still runs under RISC Zero's rules: it is fetched from memory, word by word.
        guard !rules.textIsFixed, let range = ranges.first(where: { $0.contains(entry) }),
            range.count / 4 <= RISCVLimits.instructionCountMax
        else { throw .textTooLong(instructionCount: whole.count / 4) }
        return range
    }

    /// The bytes that remain when each segment overwrites the earlier ones, zero fill included.
    ///
    /// - Parameter shares: whether the file may be kept for them, because it has not much else. To copy
    ///   megabytes costs more than to read what they say.
    private static func flatten(
        _ segments: [ELFSegment], _ file: [UInt8], shares: Bool
    ) -> [Chunk] {
        var chunks: [Chunk] = []
        for segment in segments {
            let covered = segment.address..<(segment.end + 3) & ~3
            chunks = chunks.flatMap { $0.cut(covered) }
            let content = file[segment.fileRange]
            if content.isEmpty { continue }
            let isShared = shares && content.count % 4 == 0
            let bytes = isShared ? content : wholeWords(content)[...]
            chunks.append(Chunk(address: segment.address, bytes: bytes))
        }
        return chunks.sorted { $0.address < $1.address }
    }

    /// A copy of some bytes, and zeros up to a whole number of words.
    private static func wholeWords(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var copy: [UInt8] = []
        // Below `imageByteCountMax`, and three more.
        copy.reserveCapacity(bytes.count + 3)
        copy += bytes
        while copy.count % 4 != 0 { copy.append(0) }
        return copy
    }
}

extension ELFImage.Chunk {
    /// What is left of the chunk outside `range`: nothing, one or two chunks.
    fileprivate func cut(_ range: Range<UInt32>) -> [ELFImage.Chunk] {
        guard range.overlaps(address..<end) else { return [self] }
        var left: [ELFImage.Chunk] = []
        if address < range.lowerBound {
            let count = Int(range.lowerBound - address)
            left.append(.init(address: address, bytes: bytes.prefix(count)))
        }
        if range.upperBound < end {
            let count = Int(range.upperBound - address)
            left.append(.init(address: range.upperBound, bytes: bytes.dropFirst(count)))
        }
        return left
    }
}
