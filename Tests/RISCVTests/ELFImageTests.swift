import RISCV
import TestSupport
import Testing

@Suite struct ELFImageTests {
    private static let text: [UInt8] = [0x13, 0, 0, 0, 0x73, 0, 0, 0]

    private static func builder() -> ELFBuilder {
        ELFBuilder(segments: [ELFBuilder.Segment(address: ELFBuilder.textStart, bytes: text)])
    }

    private func error(_ file: [UInt8], _ rules: ELFRules) -> ELFError? {
        do throws(ELFError) {
            let image = try ELFImage(parsing: file, rules: rules)
            _ = try CodeImage(image, model: .uniform, rules: rules)
            return nil
        } catch { return error }
    }

    private func error(
        _ rules: ELFRules = .sp1, _ change: (inout ELFBuilder) -> Void
    ) -> ELFError? {
        var builder = Self.builder()
        change(&builder)
        return error(builder.file(), rules)
    }

    @Test func theHeaderIsChecked() {
        for rules in [ELFRules.sp1, .riscZero] {
            #expect(error([], rules) == .empty)
            #expect(error([0x7f, 0x45], rules)?.description.contains("truncated") == true)
            #expect(error([1, 2, 3, 4], rules) == .notELF)
            #expect(error(rules) { _ in } == nil)
            #expect(error(rules) { $0.fileClass = 2 } == .not32Bit)
            #expect(error(rules) { $0.encoding = 2 } == .notLittleEndian)
            #expect(error(rules) { $0.machine = 62 } == .notRISCV(machine: 62))
            #expect(error(rules) { $0.type = 3 } == .dynamic(detail: "type ET_DYN"))
            #expect(error(rules) { $0.type = 1 } == .notExecutable(type: 1))
            #expect(error(rules) { $0.flags = 1 } == .compressed)
            #expect(error(rules) { $0.segments = [] } == .noSegments)
            #expect(error(rules) { $0.entry += 2 } == .entryMisaligned(ELFBuilder.textStart + 2))
            #expect(error(rules) { $0.entry = 4 } == .entryOutsideText(4))
            let tooLong = [UInt8](repeating: 0x7f, count: RISCVLimits.elfByteCountMax + 1)
            #expect(error(tooLong, rules) == .tooLong(byteCount: tooLong.count))
        }
    }

    @Test func everyTruncationIsRefused() {
        let file = Self.builder().file()
        for count in 0..<file.count {
            #expect(error([UInt8](file[..<count]), .sp1) != nil)
            #expect(error([UInt8](file[..<count]), .riscZero) != nil)
        }
    }

    @Test(arguments: [UInt32(2), 3])
    func dynamicProgramsAreRefused(type: UInt32) {
        let found = error { builder in
            builder.segments.append(.init(address: 0x40_0000, bytes: [1, 2, 3, 4]))
            builder.segments[1].type = type
        }
        guard case .dynamic = found else {
            return #expect(Bool(false), "\(String(describing: found))")
        }
    }

    @Test func segmentsStayInMemory() {
        for rules in [ELFRules.sp1, .riscZero] {
            #expect(
                error(rules) { $0.segments[0].address += 1 }
                    == .segmentMisaligned(index: 0, address: ELFBuilder.textStart + 1))
            let wraps = error(rules) {
                $0.segments.append(.init(address: 0xffff_fff0, bytes: [], memoryByteCount: 0x20))
            }
            #expect(wraps == .segmentWraps(index: 1, address: 0xffff_fff0, byteCount: 0x20))
            let huge = error(rules) {
                $0.segments.append(.init(address: 0x1000, bytes: [], memoryByteCount: 0x7fff_ffff))
            }
            #expect(huge == .segmentTooLarge(index: 1, byteCount: 0x7fff_ffff))
            let high = rules.imageHigh & ~3
            let outside = error(rules) {
                $0.segments.append(.init(address: high, bytes: [], memoryByteCount: 8))
            }
            #expect(
                outside
                    == .segmentOutsideMemory(
                        index: 1, address: high, end: high + 8, low: rules.imageLow,
                        high: rules.imageHigh))
            let larger = error(rules) {
                $0.segments.append(.init(address: 0x1000, bytes: [1, 2, 3, 4], memoryByteCount: 3))
            }
            #expect(
                larger
                    == .segmentFileLargerThanMemory(
                        index: 1, fileByteCount: 4, memoryByteCount: 3))
        }
    }

    @Test func overlapsAreRefusedBySP1AndOverwrittenByRISCZero() throws {
        var builder = Self.builder()
        builder.segments.append(
            .init(address: 0x30_0000, bytes: [UInt8](repeating: 7, count: 16), flags: 6))
        builder.segments.append(
            .init(address: 0x30_0004, bytes: [1, 2, 3], memoryByteCount: 8, flags: 6))
        #expect(
            error(builder.file(), .sp1)
                == .segmentsOverlap(first: 0x30_0000, second: 0x30_0004))
        let image = try ELFImage(parsing: builder.file(), rules: .riscZero)
        var memory = try GuestMemory(
            rules: .riscZero, text: image.text, byteCountMax: 1 << 20,
            reservation: GuestReservation())
        try memory.load(image)
        let bytes = try memory.read(0x30_0000, byteCount: 16)
        #expect(bytes == [7, 7, 7, 7, 1, 2, 3, 0, 0, 0, 0, 0, 7, 7, 7, 7])
    }

    @Test func whatIsFarBelowMemoryIsNotLoaded() throws {
        let rules = ELFRules.riscZeroUser
        var memory = try GuestMemory(
            rules: rules, text: 0x2_0000..<0x2_0004, byteCountMax: 1 << 20,
            reservation: GuestReservation())
        let below = rules.dataLow - 4
        let image = ELFImage(
            entry: 0x2_0000, chunks: [.init(address: below, bytes: [1, 2, 3, 4])],
            text: 0x2_0000..<0x2_0004)
        #expect(throws: GuestMemoryError.outside(address: below, byteCount: 4)) {
            try memory.load(image)
        }
    }

    @Test func textMustDecodeUnderSP1() {
        let compressed = error { $0.segments[0].bytes = [0x82, 0x80, 0x82, 0x80] }
        #expect(
            compressed
                == .compressedInstruction(address: ELFBuilder.textStart, word: 0x8082_8082))
        let unknown = error { $0.segments[0].bytes = [0xff, 0xff, 0xff, 0xff] }
        #expect(
            unknown == .undecodableInstruction(address: ELFBuilder.textStart, word: .max))
        #expect(error(.riscZero) { $0.segments[0].bytes = [0x82, 0x80, 0x82, 0x80] } == nil)
        #expect(error { $0.segments[0].flags = 4 } == .noExecutableSegment)
        let apart = error {
            $0.segments.append(.init(address: 0x30_0000, bytes: [0x13, 0, 0, 0]))
        }
        #expect(
            apart
                == .executableSegmentsApart(end: ELFBuilder.textStart + 8, next: 0x30_0000))
    }

    /// Many segments that name the same bytes of the file must not become gigabytes.
    @Test func theImageIsBounded() {
        let bytes = [UInt8](repeating: 0, count: RISCVLimits.imageByteCountMax / 8)
        var builder = Self.builder()
        for index in 0..<9 {
            builder.segments.append(
                .init(address: 0x100_0000 + UInt32(index) << 23, bytes: bytes, flags: 6))
        }
        // The file itself would be over its limit, so the headers are made to share one copy.
        var file = builder.file()
        let dataStart = 52 + 32 * 10
        let shared = UInt32(dataStart + 8)
        for index in 1..<10 {
            for byte in 0..<4 {
                file[52 + 32 * index + 4 + byte] = UInt8(shared >> (UInt32(byte) * 8) & 0xff)
            }
        }
        file.removeLast(bytes.count * 8)
        #expect(
            error(file, .sp1) == .imageTooLarge(byteCount: bytes.count * 9 + 8))
    }

    /// Whatever bytes of a good file are changed, reading it ends with an image or a typed error.
    @Test func changedFilesNeverTrap() {
        var random = SeededRandom(seed: 20_261_121)
        var builder = ELFBuilder(text: [0x13, 0x73, 0x13, 0x73])
        builder.segments.append(.init(address: 0x10_0000, bytes: random.bytes(64), flags: 4))
        let good = builder.file()
        var accepted = 0
        for _ in 0..<6_000 {
            var file = good
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let limit = Bool.random(using: &random) ? file.count : 52 + 32 * 3
                file[Int.random(in: 0..<limit, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            for rules in [ELFRules.sp1, .riscZero] {
                let found = error(file, rules)
                if found == nil { accepted += 1 }
                #expect(found?.description.isEmpty != true)
            }
        }
        // Changes of data bytes leave a good file.
        #expect(accepted > 300)
    }
}
