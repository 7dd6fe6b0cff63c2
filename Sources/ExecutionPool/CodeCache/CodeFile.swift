internal import Bytes

/// A file of the code cache: which build made the translation, of which program, the translation, and
/// a checksum of all that.
struct CodeFile: Equatable {
    /// The first bytes; the number is the version of this layout.
    private static let magic: [UInt8] = Array("TANDEM CODE 001\n".utf8)

    let build: [UInt8]
    let program: ProgramID
    let code: [UInt8]

    /// The bytes of the file.
    func encoded() -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(Self.magic.count + build.count + code.count + 64)
        output += Self.magic
        output.append(lengthPrefixed: build)
        program.append(to: &output)
        output.append(lengthPrefixed: code)
        output.append(bigEndian: Self.checksum(of: output.span))
        return output
    }

    init(build: [UInt8], program: ProgramID, code: [UInt8]) {
        self.build = build
        self.program = program
        self.code = code
    }

    /// The file with these bytes; nil when they are not one, whole and unharmed.
    init?(decoding bytes: [UInt8]) {
        let checksumByteCount = 8
        guard bytes.count > Self.magic.count + checksumByteCount, bytes.starts(with: Self.magic)
        else { return nil }
        let end = bytes.count - checksumByteCount
        let span = bytes.span
        guard span.bigEndianUInt64(at: end) == Self.checksum(of: span.extracting(0..<end)) else {
            return nil
        }
        var reader = ByteReader(span.extracting(Self.magic.count..<end))
        guard let build = reader.readLengthPrefixed(), let program = reader.read(ProgramID.self),
            let code = reader.readLengthPrefixed(), reader.isAtEnd
        else { return nil }
        self.init(build: build, program: program, code: code)
    }

    /// Two running products over 64-bit words, modulo 2^64: damage by disks and crashes goes unnoticed
    /// as often as a number of 64 bits is guessed, and whoever means harm could write the checksum
    /// too. The last word is filled with zeros; the lengths inside tell files apart that differ in
    /// these only.
    static func checksum(of bytes: Span<UInt8>) -> UInt64 {
        var first: UInt64 = 1
        var second: UInt64 = 0
        var offset = 0
        while offset < bytes.count {
            var word: UInt64 = 0
            if offset + 8 <= bytes.count {
                word = bytes.littleEndianUInt64(at: offset)
            } else {
                for index in offset..<bytes.count { word = word << 8 | UInt64(bytes[index]) }
            }
            // Multiplied by an odd constant, so that every bit of a word reaches the upper bits.
            first = (first ^ word) &* 0x9e37_79b9_7f4a_7c15
            second = (second ^ first) &* 0xff51_afd7_ed55_8ccd
            second ^= second >> 32
            offset += 8
        }
        return first ^ second
    }
}
