// Heads, trailers and the ends of messages (RFC 9113 section 8.1).

// Servers: a request's head.

extension HTTP2Connection {
    mutating func openRequest(
        _ open: OpenHeaderBlock, _ block: Span<UInt8>
    ) throws(FrameFailure) {
        let id = open.streamID
        try checkParity(id)
        if shutdown.isFinal { return try skip(block) }  // Section 6.8: not processed.
        lastPeerStreamID = id
        guard streams.count < limits.concurrentStreamCountMax else {
            try skip(block)
            throw .stream(id, .refusedStream, .tooManyStreams)
        }
        guard let head = try requestHead(block, id) else {
            return try refuseLargeHead(id, endsStream: open.endsStream)
        }
        guard !open.dependsOnItself else { throw .stream(id, .protocolError, .dependsOnItself) }
        let slot = insertStream(id, inbound: .body)
        streams[slot].delivery = delivery.delivery(of: head)
        streams[slot].bodyByteCountMax = delivery.bodyByteCountMax(
            of: head, standard: limits.bodyByteCountMax)
        if open.endsStream {
            guard head.contentLength ?? 0 == 0 else {
                throw .stream(id, .protocolError, .contentLengthMismatch)
            }
            streams[slot].head = head
            report(head, slot)
            endInbound(slot, trailers: HTTP2HeaderList())
        } else {
            streams[slot].head = head
            streams[slot].contentLength = head.contentLength
            scheduleSweep(after: limits.requestTimeout)
            report(head, slot)
            if streams[slot].delivery == .whole,
                head.contentLength ?? 0 > streams[slot].bodyByteCountMax
            {
                discardBody(slot)
            }
        }
    }

    /// The checked head; nil when the list is too large.
    private mutating func requestHead(
        _ block: Span<UInt8>, _ id: UInt32
    ) throws(FrameFailure) -> HTTP2Head? {
        let generation = decoder.generation
        if let head = headMemo.head(for: block, generation: generation) { return head }
        guard let list = try decode(block) else { return nil }
        do throws(HeaderValidation.Malformed) {
            let head = try HeaderValidation.requestHead(list)
            if decoder.generation == generation {
                headMemo.keep(head, for: block, generation: generation)
            }
            return head
        } catch {
            throw .stream(id, .protocolError, .malformedHeader)
        }
    }

    /// Answers 431 (RFC 6585 section 5) without telling the driver.
    private mutating func refuseLargeHead(_ id: UInt32, endsStream: Bool) throws(FrameFailure) {
        try countReset()
        let slot = insertStream(id, inbound: endsStream ? .ended : .body)
        send(head: Self.largeHeadAnswer, to: HTTP2StreamID(id), endsStream: true)
        assert(streams.find(id) != slot, "the answer ended the stream")
    }

    private static let largeHeadAnswer = HTTP2HeaderBlock(HTTP2HeaderList([(":status", "431")]))

    mutating func insertStream(_ id: UInt32, inbound: HTTP2Stream.Inbound) -> Int {
        // Until our SETTINGS are acknowledged, the peer may still go by the protocol's first window.
        let target = limits.streamWindowBytes
        let available = isSettingsAcknowledged ? target : max(target, ReceiveWindow.initialBytes)
        return streams.insert(
            HTTP2Stream(
                id: id, inbound: inbound, sendWindow: peer.initialWindowBytes,
                receiveWindow: ReceiveWindow(available: available, target: target), now: now))
    }

    /// Incremental delivery reports heads as they come.
    private mutating func report(_ head: HTTP2Head, _ slot: Int) {
        guard streams[slot].delivery == .incremental else { return }
        streams[slot].isReported = true
        let id = HTTP2StreamID(streams[slot].id)
        events.append(.headReceived(id, head, isInterim: false))
    }
}

// Further blocks: trailers, and a client's response heads.

extension HTTP2Connection {
    mutating func receiveFurtherHeaders(
        _ open: OpenHeaderBlock, _ block: Span<UInt8>, _ slot: Int
    ) throws(FrameFailure) {
        let id = open.streamID
        guard let list = try decode(block) else {
            throw .stream(id, .enhanceYourCalm, .headerListTooLarge)
        }
        guard !open.dependsOnItself else { throw .stream(id, .protocolError, .dependsOnItself) }
        switch streams[slot].inbound {
        case .ended: throw .stream(id, .streamClosed, .streamClosed)
        case .head: try receiveResponseHead(open, list, slot)
        case .body: try receiveTrailers(open, list, slot)
        }
    }

    private mutating func receiveTrailers(
        _ open: OpenHeaderBlock, _ list: HTTP2HeaderList, _ slot: Int
    ) throws(FrameFailure) {
        let id = open.streamID
        guard open.endsStream else { throw .stream(id, .protocolError, .malformedTrailers) }
        do throws(HeaderValidation.Malformed) {
            try HeaderValidation.checkTrailers(list)
        } catch {
            throw .stream(id, .protocolError, .malformedTrailers)
        }
        try checkLength(slot, isAtEnd: true)
        endInbound(slot, trailers: list)
    }

    private mutating func receiveResponseHead(
        _ open: OpenHeaderBlock, _ list: HTTP2HeaderList, _ slot: Int
    ) throws(FrameFailure) {
        let id = open.streamID
        let head: HTTP2Head
        do throws(HeaderValidation.Malformed) {
            head = try HeaderValidation.responseHead(list)
        } catch {
            throw .stream(id, .protocolError, .malformedHeader)
        }
        if head.status < 200 {
            guard !open.endsStream else { throw .stream(id, .protocolError, .malformedHeader) }
            if streams[slot].delivery == .incremental {
                events.append(.headReceived(HTTP2StreamID(id), head, isInterim: true))
            }
            return
        }
        // RFC 9110 section 8.6: these announce a length without a body.
        let hasNoBody = streams[slot].isHeadRequest || head.status == 204 || head.status == 304
        streams[slot].contentLength = hasNoBody ? 0 : head.contentLength
        streams[slot].inbound = .body
        streams[slot].head = head
        if open.endsStream { try checkLength(slot, isAtEnd: true) }
        report(head, slot)
        if open.endsStream { endInbound(slot, trailers: HTTP2HeaderList()) }
    }

    /// A body has the announced length (section 8.1.1).
    func checkLength(_ slot: Int, isAtEnd: Bool) throws(FrameFailure) {
        guard let announced = streams[slot].contentLength else { return }
        let received = streams[slot].receivedByteCount
        guard received <= announced, !isAtEnd || received == announced else {
            throw .stream(streams[slot].id, .protocolError, .contentLengthMismatch)
        }
    }

    /// The peer's side of the stream is complete: deliver it.
    mutating func endInbound(_ slot: Int, trailers: HTTP2HeaderList) {
        streams[slot].inbound = .ended
        let id = HTTP2StreamID(streams[slot].id)
        switch streams[slot].delivery {
        case .incremental:
            events.append(.messageEnded(id, trailers: trailers))
        case .whole:
            deliverWhole(slot, trailers)
        }
        if case .ended = streams[slot].outbound { close(slot, .closed) }
    }

    private mutating func deliverWhole(_ slot: Int, _ trailers: HTTP2HeaderList) {
        if streams[slot].largeBody == .holding {
            streams[slot].largeBody = .none
            releaseLargeBody()
        }
        guard !streams[slot].isDiscarding, let head = streams[slot].head.take() else { return }
        var body: [UInt8] = []
        swap(&body, &streams[slot].body)
        streams[slot].isReported = true
        events.append(
            .messageReceived(
                HTTP2Message(
                    streamID: HTTP2StreamID(streams[slot].id), head: head, body: body,
                    trailers: trailers)))
    }
}
