internal import Bytes

/// Cuts the bytes of a socket into messages. On the wire a message is its length, four bytes, most
/// significant first, and then that many bytes; integers inside are big-endian too.
struct MessageAssembler {
    /// A message was announced that is empty or larger than the limit.
    struct LengthRefused: Error {}

    private static let headerByteCount = 4

    private let byteCountMax: Int
    private var buffer: [UInt8] = []
    private var offset = 0

    init(byteCountMax: Int) {
        self.byteCountMax = byteCountMax
    }

    /// Takes bytes as they came.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        if offset == buffer.count {
            // Room for a large message is given back once it was read.
            let isSmall = buffer.capacity <= ExecutionPoolLimits.receiveByteCountMax
            buffer.removeAll(keepingCapacity: isSmall)
            offset = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole message; nil when more bytes have to come first.
    mutating func next() throws(LengthRefused) -> [UInt8]? {
        guard buffer.count - offset >= Self.headerByteCount else { return nil }
        let byteCount = Int(buffer.span.bigEndianUInt32(at: offset))
        guard byteCount > 0, byteCount <= byteCountMax else { throw LengthRefused() }
        let start = offset + Self.headerByteCount
        guard buffer.count - start >= byteCount else { return nil }
        offset = start + byteCount
        return Array(buffer[start..<offset])
    }

    /// Appends a message with its length in front.
    static func append(to output: inout [UInt8], _ writeBody: (inout [UInt8]) -> Void) {
        let start = output.count
        output.append(bigEndian: 0 as UInt32)
        writeBody(&output)
        // Messages are limited to megabytes, so the length fits.
        let byteCount = UInt32(output.count - start - headerByteCount)
        for index in 0..<headerByteCount {
            output[start + index] = UInt8(truncatingIfNeeded: byteCount >> (24 - 8 * UInt32(index)))
        }
    }
}
