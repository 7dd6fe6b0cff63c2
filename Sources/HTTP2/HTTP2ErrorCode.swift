/// An error code as RST_STREAM and GOAWAY carry it (RFC 9113 section 7). Codes that nobody registered
/// are kept as they came.
package struct HTTP2ErrorCode: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    package static var noError: Self { Self(rawValue: 0x0) }
    package static var protocolError: Self { Self(rawValue: 0x1) }
    package static var internalError: Self { Self(rawValue: 0x2) }
    package static var flowControlError: Self { Self(rawValue: 0x3) }
    package static var settingsTimeout: Self { Self(rawValue: 0x4) }
    package static var streamClosed: Self { Self(rawValue: 0x5) }
    package static var frameSizeError: Self { Self(rawValue: 0x6) }
    package static var refusedStream: Self { Self(rawValue: 0x7) }
    package static var cancel: Self { Self(rawValue: 0x8) }
    package static var compressionError: Self { Self(rawValue: 0x9) }
    package static var connectError: Self { Self(rawValue: 0xa) }
    package static var enhanceYourCalm: Self { Self(rawValue: 0xb) }
    package static var inadequateSecurity: Self { Self(rawValue: 0xc) }
    package static var http11Required: Self { Self(rawValue: 0xd) }
}

/// Why a connection ended: the code that GOAWAY carried and the rule that was broken.
package struct HTTP2ConnectionError: Error, Hashable, Sendable {
    /// The code on the wire.
    package let code: HTTP2ErrorCode

    /// The rule that was broken; stable text for logs, metric labels and GOAWAY's debug data.
    package let reason: HTTP2Fault
}

/// The rules a peer can break. The raw value is the stable short name.
package enum HTTP2Fault: String, Hashable, Sendable, CaseIterable {
    // The connection as a whole.
    case badPreface = "bad-preface"
    case firstFrameNotSettings = "first-frame-not-settings"
    case handshakeTimeout = "handshake-timeout"
    case settingsTimeout = "settings-timeout"
    case idleTimeout = "idle-timeout"
    case requestTimeout = "request-timeout"
    case streamIDsExhausted = "stream-ids-exhausted"

    // Frames (RFC 9113 sections 4 and 6).
    case frameTooLarge = "frame-too-large"
    case frameSize = "frame-size"
    case paddingTooLong = "padding-too-long"
    case streamIDZero = "stream-id-zero"
    case streamIDNotZero = "stream-id-not-zero"
    case streamIDParity = "stream-id-parity"
    case streamIDNotIncreasing = "stream-id-not-increasing"
    case streamIdle = "stream-idle"
    case streamClosed = "stream-closed"
    case pushPromise = "push-promise"
    case unexpectedContinuation = "unexpected-continuation"
    case continuationExpected = "continuation-expected"
    case settingOutOfRange = "setting-out-of-range"
    case windowIncrementZero = "window-increment-zero"
    case windowOverflow = "window-overflow"
    case windowExceeded = "window-exceeded"
    case dependsOnItself = "depends-on-itself"

    // Header blocks and messages (RFC 7541, RFC 9113 section 8).
    case headerCompression = "header-compression"
    case headerBlockTooLarge = "header-block-too-large"
    case headerListTooLarge = "header-list-too-large"
    case malformedHeader = "malformed-header"
    case malformedTrailers = "malformed-trailers"
    case contentLengthMismatch = "content-length-mismatch"
    case bodyTooLarge = "body-too-large"

    // Abuse.
    case tooManyStreams = "too-many-streams"
    case resetFlood = "reset-flood"
    case pingFlood = "ping-flood"
    case settingsFlood = "settings-flood"
    case emptyFrameFlood = "empty-frame-flood"
    case idleFrameFlood = "idle-frame-flood"
    case continuationFlood = "continuation-flood"
}

/// How a received frame failed: it ends the whole connection or only its stream
/// (RFC 9113 sections 5.4.1 and 5.4.2).
enum FrameFailure: Error {
    case connection(HTTP2ErrorCode, HTTP2Fault)
    case stream(UInt32, HTTP2ErrorCode, HTTP2Fault)
}
