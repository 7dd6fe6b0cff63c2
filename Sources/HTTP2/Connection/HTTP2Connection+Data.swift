// DATA and the receive windows (RFC 9113 sections 6.1 and 6.9).

extension HTTP2Connection {
    mutating func receiveData(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        let id = header.streamID
        guard id != 0 else { throw .connection(.protocolError, .streamIDZero) }
        let content = try header.content(of: payload)
        // The whole payload counts, padding included, whatever becomes of the stream.
        guard receiveWindow.receive(payload.count) else {
            throw .connection(.flowControlError, .windowExceeded)
        }
        guard let slot = streams.find(id) else {
            consume(payload.count)
            return try receiveForAbsentStream(id)
        }
        let endsStream = header.has(FrameFlag.endStream)
        if content.isEmpty, !endsStream {
            guard emptyFrames.admit(at: now) else {
                throw .connection(.enhanceYourCalm, .emptyFrameFlood)
            }
        }
        do throws(FrameFailure) {
            try acceptData(slot, payload.count, content.count, endsStream: endsStream)
        } catch {
            consume(payload.count)
            throw error
        }
        switch streams[slot].delivery {
        case .whole: collect(payload.extracting(content), payload.count, slot, endsStream)
        case .incremental: pass(payload.extracting(content), payload.count, slot, endsStream)
        }
        if endsStream { endInbound(slot, trailers: HTTP2HeaderList()) }
    }

    /// The rules of the stream's state, window and announced length.
    private mutating func acceptData(
        _ slot: Int, _ payloadByteCount: Int, _ byteCount: Int, endsStream: Bool
    ) throws(FrameFailure) {
        let id = streams[slot].id
        switch streams[slot].inbound {
        case .ended: throw .stream(id, .streamClosed, .streamClosed)
        case .head: throw .stream(id, .protocolError, .malformedHeader)
        case .body: break
        }
        guard streams[slot].receiveWindow.receive(payloadByteCount) else {
            throw .stream(id, .flowControlError, .windowExceeded)
        }
        // The windows keep the sum far below the range of `Int`.
        streams[slot].receivedByteCount += byteCount
        try checkLength(slot, isAtEnd: endsStream)
    }

    /// Frames for streams that are not open (section 5.1).
    mutating func receiveForAbsentStream(_ id: UInt32) throws(FrameFailure) {
        guard !isIdle(id) else { throw .connection(.protocolError, .streamIdle) }
        if closedStreams.ending(of: id) == .resetHere || isBeyondGoAway(id) {
            return try countIdleFrame()
        }
        throw .stream(id, .streamClosed, .streamClosed)
    }

    /// Whether a stream was never opened.
    func isIdle(_ id: UInt32) -> Bool {
        let opensHere = (id & 1 == 1) == (role == .client)
        if opensHere { return id >= nextStreamID }
        return id > lastPeerStreamID && !isBeyondGoAway(id)
    }

    /// Whether a stream was opened after our final GOAWAY, and so is ignored (section 6.8).
    private func isBeyondGoAway(_ id: UInt32) -> Bool {
        role == .server && shutdown.isFinal && id & 1 == 1 && id > lastPeerStreamID
    }

    private mutating func collect(
        _ piece: Span<UInt8>, _ payloadByteCount: Int, _ slot: Int, _ endsStream: Bool
    ) {
        // Collected bodies are bounded by the streams' windows and the large-body places.
        consume(payloadByteCount)
        if streams[slot].isDiscarding { return }
        guard streams[slot].body.count + piece.count <= streams[slot].bodyByteCountMax else {
            return discardBody(slot)
        }
        streams[slot].body.append(copying: piece)
        if !endsStream { widen(slot, consumed: payloadByteCount) }
    }

    /// Lets a body go on past the first window when a large-body place is free.
    private mutating func widen(_ slot: Int, consumed byteCount: Int) {
        switch streams[slot].largeBody {
        case .waiting: break
        case .holding:
            announce(streams[slot].receiveWindow.consume(byteCount), slot)
        case .none:
            guard streams[slot].receiveWindow.available * 2 <= limits.streamWindowBytes else {
                return
            }
            let rest = streams[slot].contentLength.map { $0 - streams[slot].receivedByteCount }
            if let rest, rest <= streams[slot].receiveWindow.available { return }
            grantLargeBody(slot)
        }
    }

    private mutating func grantLargeBody(_ slot: Int) {
        guard largeBodyCount < limits.largeBodyCountMax else {
            streams[slot].largeBody = .waiting
            return
        }
        largeBodyCount += 1
        streams[slot].largeBody = .holding
        let size = max(limits.largeStreamWindowBytes, limits.streamWindowBytes)
        announce(streams[slot].receiveWindow.open(to: size), slot)
    }

    /// Gives a place that became free to the next stream that waits for one.
    mutating func releaseLargeBody() {
        largeBodyCount -= 1
        for slot in streams.slotIndices where streams[slot].largeBody == .waiting {
            return grantLargeBody(slot)
        }
    }

    /// Drops the body and says so; from here on the stream gets no more window.
    mutating func discardBody(_ slot: Int) {
        guard let head = streams[slot].head.take() else { return }
        streams[slot].isDiscarding = true
        streams[slot].body = []
        if streams[slot].largeBody == .holding { releaseLargeBody() }
        streams[slot].largeBody = .none
        streams[slot].isReported = true
        events.append(.bodyTooLarge(HTTP2StreamID(streams[slot].id), head))
    }

    private mutating func pass(
        _ piece: Span<UInt8>, _ payloadByteCount: Int, _ slot: Int, _ endsStream: Bool
    ) {
        let paddingByteCount = payloadByteCount - piece.count
        if paddingByteCount > 0 {
            consume(paddingByteCount)
            if !endsStream {
                announce(streams[slot].receiveWindow.consume(paddingByteCount), slot)
            }
        }
        guard !piece.isEmpty else { return }
        var bytes: [UInt8] = []
        bytes.append(copying: piece)
        events.append(.bodyReceived(HTTP2StreamID(streams[slot].id), bytes))
    }

    /// Gives `byteCount` bytes of a body back to the peer's windows (`BodyDelivery.incremental`). Call it
    /// once for each byte received, also after the stream ended. Collected bodies need no such call.
    package mutating func bodyConsumed(_ stream: HTTP2StreamID, byteCount: Int) {
        guard byteCount > 0, phase != .failed else { return }
        let slot = streams.find(stream.rawValue)
        if let slot, streams[slot].delivery == .whole { return }
        consume(byteCount)
        guard let slot, streams[slot].inbound == .body else { return }
        announce(streams[slot].receiveWindow.consume(byteCount), slot)
    }

    /// Our smaller window took effect at the peer (section 6.9.2).
    mutating func shrinkReceiveWindow(_ slot: Int, by byteCount: Int) {
        let increment = streams[slot].receiveWindow.shrink(by: byteCount)
        guard streams[slot].inbound != .ended else { return }
        announce(increment, slot)
        guard streams[slot].delivery == .whole, !streams[slot].isDiscarding else { return }
        // What came under the larger window may be more than the smaller one.
        if streams[slot].largeBody == .none { widen(slot, consumed: 0) }
    }

    private mutating func consume(_ byteCount: Int) {
        let increment = receiveWindow.consume(byteCount)
        if increment > 0 { output.appendWindowUpdate(0, increment: increment) }
    }

    private mutating func announce(_ increment: Int, _ slot: Int) {
        guard increment > 0 else { return }
        output.appendWindowUpdate(streams[slot].id, increment: increment)
    }
}
