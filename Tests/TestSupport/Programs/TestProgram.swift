/// A program for any of the engines: text, data and the registers that it starts with.
public struct TestProgram: Sendable {
    /// Bytes in memory before the first instruction.
    public struct Data: Sendable {
        public var address: UInt32
        public var bytes: [UInt8]

        public init(address: UInt32, bytes: [UInt8]) {
            self.address = address
            self.bytes = bytes
        }
    }

    /// What a failure names, so that the program can be made again.
    public var name: String

    /// The address of the first word of text.
    public var start: UInt32

    public var text: [UInt32]

    /// The first instruction.
    public var entry: UInt32

    /// Apart from the text; a whole number of words each.
    public var data: [Data] = []

    /// x0 to x31 before the first instruction; those that are not here are zero. Programs that stand
    /// alone in an ELF file set their registers themselves and have none here.
    public var registers: [UInt32] = []

    public init(name: String, start: UInt32 = ELFBuilder.textStart, text: [UInt32]) {
        self.name = name
        self.start = start
        self.text = text
        entry = start
    }

    /// The ELF file. The registers are not in it.
    public func elf(isMappable: Bool = false) -> [UInt8] {
        let words = text.flatMap { word in (0..<4).map { UInt8(word >> ($0 * 8) & 0xff) } }
        var segments = [ELFBuilder.Segment(address: start, bytes: words)]
        segments += data.map { .init(address: $0.address, bytes: $0.bytes, flags: 6) }
        var builder = ELFBuilder(segments: segments)
        builder.entry = entry
        builder.isMappable = isMappable
        return builder.file()
    }
}
