/// What the peer did, in order. Taken with `HTTP2Connection.nextEvent()`.
package enum HTTP2Event: Sendable {
    /// A whole message: head, body and trailers (`BodyDelivery.whole`).
    case messageReceived(HTTP2Message)

    /// A head (`BodyDelivery.incremental`). `isInterim` is a 1xx response, which another head follows.
    case headReceived(HTTP2StreamID, HTTP2Head, isInterim: Bool)

    /// A piece of a body (`BodyDelivery.incremental`). Give its window back with
    /// `HTTP2Connection.bodyConsumed(_:byteCount:)`.
    case bodyReceived(HTTP2StreamID, [UInt8])

    /// The peer has sent all of its message; the trailers are empty when there were none
    /// (`BodyDelivery.incremental`).
    case messageEnded(HTTP2StreamID, trailers: HTTP2HeaderList)

    /// The body grew past `bodyByteCountMax`, or announced that it would. What came is dropped; answer
    /// (413, RESOURCE_EXHAUSTED) or reset the stream.
    case bodyTooLarge(HTTP2StreamID, HTTP2Head)

    /// The stream is gone before its time: reset by the peer (`byPeer`), or by this side because the peer
    /// broke a rule or ran out of time. Stop work for it; sending to it does nothing. Only for streams
    /// that an event was reported for, and for those that this side opened.
    case streamReset(HTTP2StreamID, HTTP2ErrorCode, byPeer: Bool)

    /// All that was held back for this stream is in the output; more may be sent.
    case backlogDrained(HTTP2StreamID)

    /// The peer will take no streams above this one. On a client, streams above it are reported as reset
    /// with REFUSED_STREAM: they were not processed and may be repeated elsewhere.
    case goAwayReceived(lastStreamID: HTTP2StreamID, HTTP2ErrorCode)

    /// The connection ended by error; GOAWAY is in the output. Write it and close.
    case connectionFailed(HTTP2ConnectionError)
}

/// A whole request, or a whole response.
package struct HTTP2Message: Sendable {
    /// The stream to answer on.
    package let streamID: HTTP2StreamID

    /// The head.
    package let head: HTTP2Head

    /// The body, at most `bodyByteCountMax` bytes.
    package var body: [UInt8]

    /// The trailers; empty when there were none.
    package let trailers: HTTP2HeaderList
}

/// What became of something sent.
package enum HTTP2SendOutcome: Sendable, Hashable {
    /// All of it is in the output.
    case sent

    /// Some of it waits for the peer's window or for the output to be taken.
    case queued

    /// The stream is gone (or this side of it has ended); nothing was sent.
    case streamClosed

    /// The stream already holds back `sendBacklogByteCountMax` bytes; nothing was sent.
    case backlogFull
}
