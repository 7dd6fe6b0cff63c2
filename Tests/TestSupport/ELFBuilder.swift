/// Writes small ELF files, right or wrong in any field, for tests of the loader and of guests.
public struct ELFBuilder {
    /// One program header and its bytes.
    public struct Segment {
        public var type: UInt32 = 1
        public var address: UInt32
        public var bytes: [UInt8]
        public var memoryByteCount: UInt32?
        public var flags: UInt32

        public init(
            address: UInt32, bytes: [UInt8], memoryByteCount: UInt32? = nil, flags: UInt32 = 5
        ) {
            self.address = address
            self.bytes = bytes
            self.memoryByteCount = memoryByteCount
            self.flags = flags
        }
    }

    /// Where the text of both ABIs starts.
    public static let textStart: UInt32 = 0x0020_0800

    public var fileClass: UInt8 = 1
    public var encoding: UInt8 = 1
    public var type: UInt16 = 2
    public var machine: UInt16 = 243
    public var flags: UInt32 = 0
    public var entry: UInt32 = textStart
    public var segments: [Segment]

    /// Whether each segment starts at the same distance from a page's start in the file as in memory,
    /// which an operating system needs to map it.
    public var isMappable = false

    public init(segments: [Segment]) {
        self.segments = segments
    }

    /// A program with this text, and 64 KiB of zeros behind it.
    public init(text: [UInt32], dataAt data: UInt32 = 0x0030_0000) {
        self.init(segments: [
            Segment(address: Self.textStart, bytes: text.flatMap(Self.bytes)),
            Segment(address: data, bytes: [], memoryByteCount: 1 << 16, flags: 6),
        ])
    }

    /// The file.
    public func file() -> [UInt8] {
        var file: [UInt8] =
            [0x7f, 0x45, 0x4c, 0x46, fileClass, encoding, 1] + [0, 0, 0, 0, 0, 0, 0, 0, 0]
        file += Self.half(type) + Self.half(machine)
        file += [1, entry, 52, 0, flags].flatMap(Self.bytes)
        file += [52, 32, UInt16(segments.count), 0, 0, 0].flatMap(Self.half)
        var bytes: [UInt8] = []
        for segment in segments {
            let start = UInt32(52 + 32 * segments.count + bytes.count)
            let padding = isMappable ? (segment.address &- start) & 4095 : 0
            bytes += [UInt8](repeating: 0, count: Int(padding))
            let count = UInt32(segment.bytes.count)
            let header = [
                segment.type, start + padding, segment.address, segment.address, count,
                segment.memoryByteCount ?? count, segment.flags, isMappable ? 4096 : 4,
            ]
            file += header.flatMap(Self.bytes)
            bytes += segment.bytes
        }
        return file + bytes
    }

    private static func half(_ value: UInt16) -> [UInt8] {
        [UInt8(value & 0xff), UInt8(value >> 8)]
    }

    private static func bytes(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(value >> ($0 * 8) & 0xff) }
    }
}
