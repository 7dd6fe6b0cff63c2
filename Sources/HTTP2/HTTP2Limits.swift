/// Every bound of one connection. Durations are nanoseconds of the clock that the driver passes in.
package struct HTTP2Limits: Sendable {
    /// Streams that the peer may have open at once (SETTINGS_MAX_CONCURRENT_STREAMS). DESIGN.md section 8.
    package var concurrentStreamCountMax = 256

    /// Largest frame payload accepted (SETTINGS_MAX_FRAME_SIZE); 16,384 to 16,777,215. The driver keeps at
    /// most one incomplete frame, so this also bounds its buffer.
    package var frameByteCountMax = 16_384

    /// Largest decoded header list, counted as RFC 7541 section 4.1 does (SETTINGS_MAX_HEADER_LIST_SIZE).
    /// A request above it is answered with status 431.
    package var headerListByteCountMax = 16_384

    /// Largest header block as sent, over all its frames. Above it the connection ends: a block must be
    /// decoded to its end to keep the table in step, and this bounds that work.
    package var headerBlockByteCountMax = 65_536

    /// CONTINUATION frames in one header block. A block of the largest size fits in 4 full frames; small
    /// frames are tolerated up to this number.
    package var continuationCountMax = 32

    /// The decoder's dynamic table (SETTINGS_HEADER_TABLE_SIZE).
    package var decoderTableByteCountMax = 4_096

    /// The encoder's dynamic table, however much more the peer allows.
    package var encoderTableByteCountMax = 4_096

    /// Receive window of a new stream (SETTINGS_INITIAL_WINDOW_SIZE), at most 2^31 - 1.
    package var streamWindowBytes = 65_535

    /// Receive window of a stream that holds one of the large-body places.
    package var largeStreamWindowBytes = 1 << 20

    /// Streams whose body may grow past `streamWindowBytes` at once, when bodies are collected. Others
    /// wait for their turn without a window, so that no set of half-sent bodies blocks the rest: one
    /// connection holds at most streams × window + places × body bytes.
    package var largeBodyCountMax = 4

    /// Receive window of the connection, at most 2^31 - 1.
    package var connectionWindowBytes = 1 << 24

    /// Largest body of one message. Above it `HTTP2Event.bodyTooLarge` is reported.
    package var bodyByteCountMax = 8 << 20

    /// Bytes of response bodies that one stream may hold back while the peer gives no window.
    package var sendBacklogByteCountMax = 32 << 20

    /// The output buffer stops taking DATA at this size until the driver has taken it.
    package var outputByteCountTarget = 1 << 18

    /// The output buffer stops `receive` at this size: a peer that reads nothing gets no more answers.
    package var outputByteCountMax = 1 << 20

    /// Events kept before `receive` returns early to let the driver take them.
    package var eventCountMax = 1_024

    /// From the first byte to the peer's SETTINGS.
    package var handshakeTimeout: UInt64 = 10_000_000_000

    /// From our SETTINGS to its acknowledgement.
    package var settingsAckTimeout: UInt64 = 10_000_000_000

    /// A connection without streams and without received bytes.
    package var idleTimeout: UInt64 = 120_000_000_000

    /// From the head of a request to its end.
    package var requestTimeout: UInt64 = 60_000_000_000

    /// From the last byte sent of an answer to the next, while the peer gives no window for it.
    package var sendStallTimeout: UInt64 = 60_000_000_000

    /// From the first GOAWAY of a graceful shutdown to the final one, when the PING is not answered.
    package var shutdownNoticeTimeout: UInt64 = 1_000_000_000

    /// Streams that the peer resets before their answer, or makes us reset (rapid reset, CVE-2023-44487,
    /// and its mirror image, CVE-2025-8671).
    package var resets = RateBound(burst: 1_000, perSecond: 100)

    /// PING frames, each of which costs an answer.
    package var pings = RateBound(burst: 500, perSecond: 50)

    /// SETTINGS frames, each of which costs an acknowledgement.
    package var settings = RateBound(burst: 100, perSecond: 10)

    /// DATA frames without data and without END_STREAM.
    package var emptyFrames = RateBound(burst: 200, perSecond: 50)

    /// Frames that change nothing: PRIORITY, unknown types, frames for closed streams.
    package var idleFrames = RateBound(burst: 2_000, perSecond: 500)

    /// The defaults above.
    package init() {}
}

/// A number of occurrences at once, and how many come back each second.
package struct RateBound: Sendable, Hashable {
    /// Occurrences accepted at one instant; at least 1.
    package let burst: UInt64

    /// Occurrences accepted each second in the long run; 1 to 10^9.
    package let perSecond: UInt64

    /// A bound of `burst` at once and `perSecond` in the long run; zeros count as 1.
    package init(burst: UInt64, perSecond: UInt64) {
        self.burst = max(1, burst)
        self.perSecond = min(max(1, perSecond), 1_000_000_000)
    }
}
