import Bytes

/// The frame types of RFC 9113 section 6.
enum FrameType: UInt8 {
    case data = 0
    case headers = 1
    case priority = 2
    case resetStream = 3
    case settings = 4
    case pushPromise = 5
    case ping = 6
    case goAway = 7
    case windowUpdate = 8
    case continuation = 9
}

/// Frame flags; END_STREAM and ACK are the same bit on different types.
enum FrameFlag {
    static let endStream: UInt8 = 0x1
    static let ack: UInt8 = 0x1
    static let endHeaders: UInt8 = 0x4
    static let padded: UInt8 = 0x8
    static let priority: UInt8 = 0x20
}

/// The nine bytes before each payload (RFC 9113 section 4.1).
struct FrameHeader {
    /// The size of the header itself.
    static let byteCount = 9

    /// The size of the payload, up to 2^24 - 1.
    let payloadByteCount: Int

    /// The type as sent; unknown ones are ignored.
    let type: UInt8
    let flags: UInt8

    /// 0 to 2^31 - 1; the reserved bit is dropped.
    let streamID: UInt32

    /// Reads the first nine of `bytes`; the caller has checked that they are there.
    init(_ bytes: Span<UInt8>) {
        let lengthAndType = bytes.bigEndianUInt32(at: 0)
        payloadByteCount = Int(lengthAndType >> 8)
        type = UInt8(truncatingIfNeeded: lengthAndType)
        flags = bytes[4]
        streamID = bytes.bigEndianUInt32(at: 5) & 0x7fff_ffff
    }

    /// Whether `flag` is set.
    func has(_ flag: UInt8) -> Bool { flags & flag != 0 }

    /// Where the contents of a DATA or HEADERS payload lie, without padding and priority fields
    /// (RFC 9113 sections 6.1 and 6.2).
    func content(of payload: Span<UInt8>) throws(FrameFailure) -> Range<Int> {
        var start = 0
        var end = payload.count
        if has(FrameFlag.padded) {
            guard payload.count >= 1 else { throw .connection(.frameSizeError, .frameSize) }
            start = 1
            end -= Int(payload[0])
        }
        if type == FrameType.headers.rawValue, has(FrameFlag.priority) {
            guard payload.count >= start + 5 else {
                throw .connection(.frameSizeError, .frameSize)
            }
            start += 5
        }
        guard start <= end else { throw .connection(.protocolError, .paddingTooLong) }
        return start..<end
    }
}
