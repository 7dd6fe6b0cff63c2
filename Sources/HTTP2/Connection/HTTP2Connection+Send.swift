// What this side sends: heads, data, ends and resets (RFC 9113 sections 6.1, 6.2, 6.9 and 8.1).

extension HTTP2Connection {
    /// Sends a head that was encoded beforehand. On a server the first one that is not 1xx must come
    /// before data; on a client see `sendRequest`.
    @discardableResult
    package mutating func send(
        head: HTTP2HeaderBlock, to stream: HTTP2StreamID, endsStream: Bool = false
    ) -> HTTP2SendOutcome {
        guard let slot = sendable(stream), case .head = streams[slot].outbound else {
            return .streamClosed
        }
        writeBlock(head, stream.rawValue, endsStream: endsStream)
        return headSent(slot, endsStream)
    }

    /// Sends a head, using and filling the connection's compression table.
    @discardableResult
    package mutating func send(
        head: HTTP2HeaderList, to stream: HTTP2StreamID, endsStream: Bool = false
    ) -> HTTP2SendOutcome {
        guard let slot = sendable(stream), case .head = streams[slot].outbound else {
            return .streamClosed
        }
        writeList(head, stream.rawValue, endsStream: endsStream)
        return headSent(slot, endsStream)
    }

    /// Sends an interim response (1xx); the final head follows.
    @discardableResult
    package mutating func send(
        interimHead: HTTP2HeaderList, to stream: HTTP2StreamID
    ) -> HTTP2SendOutcome {
        guard let slot = sendable(stream), case .head = streams[slot].outbound else {
            return .streamClosed
        }
        writeList(interimHead, stream.rawValue, endsStream: false)
        return .sent
    }

    /// Sends a piece of the body. What the peer's windows do not take is kept and sent as they open.
    @discardableResult
    package mutating func send(
        data: Span<UInt8>, to stream: HTTP2StreamID, endsStream: Bool = false
    ) -> HTTP2SendOutcome {
        let nothing: [UInt8] = []
        return send(prefix: nothing.span, data: data, to: stream, endsStream: endsStream)
    }

    /// Sends a piece of the body made of two: `prefix` is a message's framing, which would otherwise cost
    /// a copy of the message.
    @discardableResult
    package mutating func send(
        prefix: Span<UInt8>, data: Span<UInt8>, to stream: HTTP2StreamID, endsStream: Bool = false
    ) -> HTTP2SendOutcome {
        guard let slot = sendable(stream), case .body = streams[slot].outbound else {
            return .streamClosed
        }
        let byteCount = prefix.count + data.count
        if fitsAtOnce(slot, byteCount) {
            if byteCount > 0 || endsStream {
                writeData(slot, prefix, data, endsStream: endsStream)
            }
            if endsStream { finishOutbound(slot) }
            return .sent
        }
        guard streams[slot].heldByteCount + byteCount <= limits.sendBacklogByteCountMax else {
            return .backlogFull
        }
        if streams[slot].heldByteCount == 0 {
            streams[slot].heldSince = now
            scheduleSweep(after: limits.sendStallTimeout)
        }
        streams[slot].dropSentBytes()
        streams[slot].held.append(copying: prefix)
        streams[slot].held.append(copying: data)
        if endsStream { hold(slot, .endStream) } else { queueIfSendable(slot) }
        return .queued
    }

    /// Ends the message with trailers that were encoded beforehand.
    @discardableResult
    package mutating func send(
        trailers: HTTP2HeaderBlock, to stream: HTTP2StreamID
    ) -> HTTP2SendOutcome {
        guard let slot = sendable(stream), case .body = streams[slot].outbound else {
            return .streamClosed
        }
        guard streams[slot].heldByteCount == 0 else {
            hold(slot, .block(trailers))
            return .queued
        }
        writeBlock(trailers, stream.rawValue, endsStream: true)
        finishOutbound(slot)
        return .sent
    }

    /// Ends the message with trailers; they enter the compression table when they are written, which may
    /// be later.
    @discardableResult
    package mutating func send(
        trailers: HTTP2HeaderList, to stream: HTTP2StreamID
    ) -> HTTP2SendOutcome {
        guard let slot = sendable(stream), case .body = streams[slot].outbound else {
            return .streamClosed
        }
        guard streams[slot].heldByteCount == 0 else {
            hold(slot, .trailers(trailers))
            return .queued
        }
        writeList(trailers, stream.rawValue, endsStream: true)
        finishOutbound(slot)
        return .sent
    }

    /// Gives a stream up; nothing more is sent or reported for it.
    package mutating func reset(_ stream: HTTP2StreamID, _ code: HTTP2ErrorCode) {
        guard let slot = sendable(stream) else { return }
        output.appendResetStream(stream.rawValue, code)
        close(slot, .resetHere)
    }

    /// Bytes of the stream's body that wait for the peer; 0 when the stream is gone.
    package func heldByteCount(of stream: HTTP2StreamID) -> Int {
        streams.find(stream.rawValue).map { streams[$0].heldByteCount } ?? 0
    }

    /// Opens a stream (clients): sends the request's head. Nil when the peer's limit of streams is
    /// reached, the connection is closing or its numbers are used up.
    package mutating func sendRequest(
        _ head: HTTP2HeaderList, endsStream: Bool = false
    ) -> HTTP2StreamID? {
        precondition(role == .client, "only clients open streams")
        let streamCountMax = min(peer.concurrentStreamCountMax, limits.concurrentStreamCountMax)
        guard phase != .failed, shutdown.takesNewStreams, streams.count < streamCountMax,
            nextStreamID <= 0x7fff_ffff
        else { return nil }
        let id = nextStreamID
        nextStreamID += 2
        let slot = insertStream(id, inbound: .head)
        streams[slot].isReported = true
        streams[slot].delivery = delivery.standard
        streams[slot].bodyByteCountMax = limits.bodyByteCountMax
        streams[slot].isHeadRequest =
            head.firstIndex(of: ":method").map { head.valueEquals($0, "HEAD") } ?? false
        writeList(head, id, endsStream: endsStream)
        _ = headSent(slot, endsStream)
        return HTTP2StreamID(id)
    }

    // Private steps.

    private func sendable(_ stream: HTTP2StreamID) -> Int? {
        phase == .failed ? nil : streams.find(stream.rawValue)
    }

    private mutating func headSent(_ slot: Int, _ endsStream: Bool) -> HTTP2SendOutcome {
        streams[slot].outbound = .body
        if endsStream { finishOutbound(slot) }
        return .sent
    }

    /// Whether a piece can go straight to the output: nothing of the stream waits, both windows take it,
    /// and streams that wait for the connection's window keep their share of it.
    private func fitsAtOnce(_ slot: Int, _ byteCount: Int) -> Bool {
        guard streams[slot].heldByteCount == 0 else { return false }
        if byteCount == 0 { return true }
        guard byteCount <= streams[slot].sendWindow, byteCount <= sendWindow else { return false }
        guard output.count + byteCount <= limits.outputByteCountTarget else { return false }
        return !sendQueue.canSend || sendWindow - byteCount >= 2 * peer.frameByteCountMax
    }

    private mutating func hold(_ slot: Int, _ ending: HTTP2Stream.Ending) {
        streams[slot].outbound = .ending
        streams[slot].ending = ending
        queueIfSendable(slot)
    }

    /// This side of the stream is complete.
    mutating func finishOutbound(_ slot: Int) {
        streams[slot].outbound = .ended
        if case .ended = streams[slot].inbound { return close(slot, .closed) }
        guard role == .server else { return }
        // Section 8.1: an answer before the end of the request; the rest is not wanted.
        output.appendResetStream(streams[slot].id, .noError)
        close(slot, .resetHere)
    }
}
