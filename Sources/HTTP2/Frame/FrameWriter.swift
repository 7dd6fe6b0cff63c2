import Bytes

extension [UInt8] {
    /// Appends a frame header.
    mutating func appendFrameHeader(
        _ type: FrameType, flags: UInt8 = 0, streamID: UInt32, payloadByteCount: Int
    ) {
        // Payloads are cut to the peer's frame size, which is below 2^24.
        append(bigEndian: UInt32(payloadByteCount) << 8 | UInt32(type.rawValue))
        append(flags)
        append(bigEndian: streamID)
    }

    /// Appends RST_STREAM (RFC 9113 section 6.4).
    mutating func appendResetStream(_ streamID: UInt32, _ code: HTTP2ErrorCode) {
        appendFrameHeader(.resetStream, streamID: streamID, payloadByteCount: 4)
        append(bigEndian: code.rawValue)
    }

    /// Appends WINDOW_UPDATE (section 6.9); stream 0 is the connection.
    mutating func appendWindowUpdate(_ streamID: UInt32, increment: Int) {
        appendFrameHeader(.windowUpdate, streamID: streamID, payloadByteCount: 4)
        append(bigEndian: UInt32(increment))
    }

    /// Appends SETTINGS with these pairs (section 6.5).
    mutating func appendSettings(_ pairs: [(SettingName, Int)]) {
        appendFrameHeader(.settings, streamID: 0, payloadByteCount: 6 * pairs.count)
        for (name, value) in pairs {
            append(bigEndian: name.rawValue)
            append(bigEndian: UInt32(value))
        }
    }

    /// Appends the acknowledgement of SETTINGS.
    mutating func appendSettingsAck() {
        appendFrameHeader(.settings, flags: FrameFlag.ack, streamID: 0, payloadByteCount: 0)
    }

    /// Appends PING (section 6.7).
    mutating func appendPing(_ value: UInt64, isAck: Bool) {
        let flags = isAck ? FrameFlag.ack : 0
        appendFrameHeader(.ping, flags: flags, streamID: 0, payloadByteCount: 8)
        append(bigEndian: value)
    }

    /// Appends GOAWAY (section 6.8) with ASCII debug data.
    mutating func appendGoAway(lastStreamID: UInt32, _ code: HTTP2ErrorCode, debug: String = "") {
        appendFrameHeader(.goAway, streamID: 0, payloadByteCount: 8 + debug.utf8.count)
        append(bigEndian: lastStreamID)
        append(bigEndian: code.rawValue)
        append(contentsOf: debug.utf8)
    }

    /// Writes `payloadByteCount` into the frame header at `offset`.
    mutating func patchFrameHeader(at offset: Int, payloadByteCount: Int) {
        self[offset] = UInt8(truncatingIfNeeded: payloadByteCount >> 16)
        self[offset + 1] = UInt8(truncatingIfNeeded: payloadByteCount >> 8)
        self[offset + 2] = UInt8(truncatingIfNeeded: payloadByteCount)
    }
}
