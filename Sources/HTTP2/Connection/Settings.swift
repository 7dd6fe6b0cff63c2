import Bytes

/// The names of settings (RFC 9113 section 6.5.2).
enum SettingName: UInt16 {
    case headerTableSize = 1
    case enablePush = 2
    case maxConcurrentStreams = 3
    case initialWindowSize = 4
    case maxFrameSize = 5
    case maxHeaderListSize = 6
}

/// What the peer announced about itself.
struct PeerSettings {
    /// Largest window (section 6.9.1).
    static let windowMax = 1 << 31 - 1

    var headerTableByteCount = 4_096
    var concurrentStreamCountMax = Int.max
    var initialWindowBytes = 65_535

    /// The largest frames sent: what the peer accepts, within `frameByteCountCap`.
    var frameByteCountMax = 16_384

    /// Larger frames would gain nothing and let one stream keep the others waiting.
    private static let frameByteCountCap = 65_536

    /// Applies one setting; `fromServer` tells who sent it.
    mutating func apply(
        _ rawName: UInt16, _ value: UInt32, fromServer: Bool
    ) throws(FrameFailure) {
        guard let name = SettingName(rawValue: rawName) else { return }
        let value = Int(value)
        switch name {
        case .headerTableSize:
            headerTableByteCount = value
        case .enablePush:
            guard value <= (fromServer ? 0 : 1) else {
                throw .connection(.protocolError, .settingOutOfRange)
            }
        case .maxConcurrentStreams:
            concurrentStreamCountMax = value
        case .initialWindowSize:
            guard value <= Self.windowMax else {
                throw .connection(.flowControlError, .settingOutOfRange)
            }
            initialWindowBytes = value
        case .maxFrameSize:
            guard (16_384...16_777_215).contains(value) else {
                throw .connection(.protocolError, .settingOutOfRange)
            }
            frameByteCountMax = min(value, Self.frameByteCountCap)
        case .maxHeaderListSize:
            // Advisory (section 6.5.2); our answers' heads are small.
            break
        }
    }
}

extension HTTP2Limits {
    /// What we announce. Values at the protocol's defaults are left out.
    func announcedSettings(role: HTTP2Connection.Role) -> [(SettingName, Int)] {
        var pairs: [(SettingName, Int)] = [(.maxHeaderListSize, headerListByteCountMax)]
        switch role {
        case .server: pairs.append((.maxConcurrentStreams, concurrentStreamCountMax))
        case .client: pairs.append((.enablePush, 0))
        }
        if decoderTableByteCountMax != 4_096 {
            pairs.append((.headerTableSize, decoderTableByteCountMax))
        }
        if streamWindowBytes != 65_535 { pairs.append((.initialWindowSize, streamWindowBytes)) }
        if frameByteCountMax != 16_384 { pairs.append((.maxFrameSize, frameByteCountMax)) }
        return pairs
    }
}
