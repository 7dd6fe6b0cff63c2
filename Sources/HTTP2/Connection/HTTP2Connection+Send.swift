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
    private mutating func finishOutbound(_ slot: Int) {
        streams[slot].outbound = .ended
        if case .ended = streams[slot].inbound { return close(slot, .closed) }
        guard role == .server else { return }
        // Section 8.1: an answer before the end of the request; the rest is not wanted.
        output.appendResetStream(streams[slot].id, .noError)
        close(slot, .resetHere)
    }

    private mutating func writeData(
        _ slot: Int, _ prefix: Span<UInt8>, _ data: Span<UInt8>, endsStream: Bool
    ) {
        let byteCount = prefix.count + data.count
        streams[slot].sendWindow -= byteCount
        sendWindow -= byteCount
        let id = streams[slot].id
        if byteCount <= peer.frameByteCountMax {
            let flags = endsStream ? FrameFlag.endStream : 0
            output.appendFrameHeader(
                .data, flags: flags, streamID: id, payloadByteCount: byteCount)
            output.append(copying: prefix)
            output.append(copying: data)
            return
        }
        // The prefix in a frame of its own spares cutting across the two.
        if !prefix.isEmpty { writeFrames(id, prefix, endsStream: false) }
        writeFrames(id, data, endsStream: endsStream)
    }

    private mutating func writeFrames(_ id: UInt32, _ data: Span<UInt8>, endsStream: Bool) {
        var offset = 0
        repeat {
            let end = min(data.count, offset + peer.frameByteCountMax)
            let isLast = end == data.count
            let flags = endsStream && isLast ? FrameFlag.endStream : 0
            output.appendFrameHeader(
                .data, flags: flags, streamID: id, payloadByteCount: end - offset)
            output.append(copying: data.extracting(offset..<end))
            offset = end
        } while offset < data.count
    }
}

// Data held back.

extension HTTP2Connection {
    /// Puts a stream with something to send in the queue, once.
    mutating func queueIfSendable(_ slot: Int) {
        guard !streams[slot].isInSendQueue, streams[slot].heldByteCount > 0,
            streams[slot].sendWindow > 0
        else { return }
        streams[slot].isInSendQueue = true
        sendQueue.append(streams[slot].id)
    }

    /// Moves held data to the output, one frame of each stream in turn, as far as the connection's window
    /// and the output's size allow.
    mutating func pumpSendQueue() {
        while sendWindow > 0, output.count < limits.outputByteCountTarget,
            let id = sendQueue.popFirst()
        {
            // Streams that closed meanwhile are skipped here rather than searched for then.
            guard let slot = streams.find(id) else { continue }
            streams[slot].isInSendQueue = false
            sendHeld(slot)
        }
    }

    private mutating func sendHeld(_ slot: Int) {
        let window = min(streams[slot].sendWindow, sendWindow)
        let byteCount = min(window, streams[slot].heldByteCount, peer.frameByteCountMax)
        guard byteCount > 0 else { return }
        let start = streams[slot].heldOffset
        let isLast = byteCount == streams[slot].heldByteCount
        var endsStream = false
        if isLast, case .endStream = streams[slot].ending { endsStream = true }
        let flags = endsStream ? FrameFlag.endStream : 0
        let id = streams[slot].id
        output.appendFrameHeader(.data, flags: flags, streamID: id, payloadByteCount: byteCount)
        output.append(copying: streams[slot].held.span.extracting(start..<start + byteCount))
        streams[slot].sendWindow -= byteCount
        sendWindow -= byteCount
        streams[slot].heldOffset += byteCount
        streams[slot].heldSince = now
        if isLast { heldSent(slot) } else { queueIfSendable(slot) }
    }

    /// Nothing is held any more: end the message, or ask for more of it.
    private mutating func heldSent(_ slot: Int) {
        let id = streams[slot].id
        streams[slot].held = []
        streams[slot].heldOffset = 0
        switch streams[slot].ending {
        case .none: return events.append(.backlogDrained(HTTP2StreamID(id)))
        case .endStream: break
        case .trailers(let list): writeList(list, id, endsStream: true)
        case .block(let block): writeBlock(block, id, endsStream: true)
        }
        finishOutbound(slot)
    }
}

// Header blocks.

extension HTTP2Connection {
    private mutating func writeBlock(_ block: HTTP2HeaderBlock, _ id: UInt32, endsStream: Bool) {
        let start = beginHeaders(id, endsStream: endsStream)
        encoder.encode(block, to: &output)
        endHeaders(start, id)
    }

    private mutating func writeList(_ list: HTTP2HeaderList, _ id: UInt32, endsStream: Bool) {
        let start = beginHeaders(id, endsStream: endsStream)
        encoder.encode(list, to: &output)
        endHeaders(start, id)
    }

    private mutating func beginHeaders(_ id: UInt32, endsStream: Bool) -> Int {
        let start = output.count
        let flags = FrameFlag.endHeaders | (endsStream ? FrameFlag.endStream : 0)
        output.appendFrameHeader(.headers, flags: flags, streamID: id, payloadByteCount: 0)
        return start
    }

    /// Fills in the length; a block larger than a frame goes on in CONTINUATION frames.
    private mutating func endHeaders(_ start: Int, _ id: UInt32) {
        let contentStart = start + FrameHeader.byteCount
        let byteCount = output.count - contentStart
        guard byteCount > peer.frameByteCountMax else {
            return output.patchFrameHeader(at: start, payloadByteCount: byteCount)
        }
        let rest = Array(output[(contentStart + peer.frameByteCountMax)...])
        output.removeLast(rest.count)
        output.patchFrameHeader(at: start, payloadByteCount: peer.frameByteCountMax)
        output[start + 4] &= ~FrameFlag.endHeaders
        var offset = 0
        while offset < rest.count {
            let end = min(rest.count, offset + peer.frameByteCountMax)
            let flags = end == rest.count ? FrameFlag.endHeaders : 0
            output.appendFrameHeader(
                .continuation, flags: flags, streamID: id, payloadByteCount: end - offset)
            output.append(copying: rest.span.extracting(offset..<end))
            offset = end
        }
    }
}
