import Bytes

// HEADERS and CONTINUATION (RFC 9113 sections 6.2, 6.10 and 8).

extension HTTP2Connection {
    mutating func receiveHeaders(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        guard header.streamID != 0 else { throw .connection(.protocolError, .streamIDZero) }
        let content = try header.content(of: payload)
        let block = payload.extracting(content)
        let open = OpenHeaderBlock(
            streamID: header.streamID, endsStream: header.has(FrameFlag.endStream),
            dependsOnItself: dependsOnItself(header, payload), openedAt: now)
        if header.has(FrameFlag.endHeaders) {
            try finishHeaders(open, block)
        } else {
            headerBlockBytes.removeAll(keepingCapacity: true)
            openHeaderBlock = open
            try appendToHeaderBlock(block)
        }
    }

    mutating func receiveContinuation(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        guard var open = openHeaderBlock else {
            throw .connection(.protocolError, .unexpectedContinuation)
        }
        open.continuationCount += 1
        guard open.continuationCount <= limits.continuationCountMax else {
            throw .connection(.enhanceYourCalm, .continuationFlood)
        }
        openHeaderBlock = open
        try appendToHeaderBlock(payload)
        guard header.has(FrameFlag.endHeaders) else { return }
        openHeaderBlock = nil
        var block: [UInt8] = []
        swap(&block, &headerBlockBytes)
        try finishHeaders(open, block.span)
    }

    private mutating func appendToHeaderBlock(_ piece: Span<UInt8>) throws(FrameFailure) {
        guard headerBlockBytes.count + piece.count <= limits.headerBlockByteCountMax else {
            throw .connection(.enhanceYourCalm, .headerBlockTooLarge)
        }
        headerBlockBytes.append(copying: piece)
    }

    /// Section 5.3.1 of RFC 7540, which RFC 9113 leaves to the receiver.
    private func dependsOnItself(_ header: FrameHeader, _ payload: Span<UInt8>) -> Bool {
        guard header.has(FrameFlag.priority) else { return false }
        let start = header.has(FrameFlag.padded) ? 1 : 0
        return payload.bigEndianUInt32(at: start) & 0x7fff_ffff == header.streamID
    }

    /// A whole block: it is decoded in every case, because the table must stay in step.
    private mutating func finishHeaders(
        _ open: OpenHeaderBlock, _ block: Span<UInt8>
    ) throws(FrameFailure) {
        guard block.count <= limits.headerBlockByteCountMax else {
            throw .connection(.enhanceYourCalm, .headerBlockTooLarge)
        }
        if let slot = streams.find(open.streamID) {
            try receiveFurtherHeaders(open, block, slot)
        } else if role == .server, open.streamID > lastPeerStreamID {
            try openRequest(open, block)
        } else {
            try receiveHeadersOfClosedStream(open, block)
        }
    }

    /// Decodes a block nobody will read.
    mutating func skip(_ block: Span<UInt8>) throws(FrameFailure) {
        var dropped = HTTP2HeaderList()
        do throws(HPACKError) {
            _ = try decoder.decode(block, into: &dropped, listByteCountMax: 0)
        } catch {
            throw .connection(.compressionError, .headerCompression)
        }
    }

    /// Decodes a block; nil when the list is too large.
    mutating func decode(
        _ block: Span<UInt8>
    ) throws(FrameFailure) -> HTTP2HeaderList? {
        var list = HTTP2HeaderList()
        list.bytes.reserveCapacity(256)
        list.fields.reserveCapacity(16)
        do throws(HPACKError) {
            let fits = try decoder.decode(
                block, into: &list, listByteCountMax: limits.headerListByteCountMax)
            return fits ? list : nil
        } catch {
            throw .connection(.compressionError, .headerCompression)
        }
    }

    private mutating func receiveHeadersOfClosedStream(
        _ open: OpenHeaderBlock, _ block: Span<UInt8>
    ) throws(FrameFailure) {
        try skip(block)
        try checkParity(open.streamID)
        switch closedStreams.ending(of: open.streamID) {
        case .resetHere: try countIdleFrame()
        case .closed: throw .connection(.streamClosed, .streamClosed)
        case nil:
            // Older than the memory of closed streams: it may have been any of them.
            let newest = role == .server ? lastPeerStreamID : nextStreamID
            if closedStreams.hasForgotten(open.streamID, newest: newest) {
                return try countIdleFrame()
            }
            throw .connection(.protocolError, .streamIDNotIncreasing)
        }
    }

    /// Streams are opened by the client and have odd numbers (section 5.1.1): there is no push.
    func checkParity(_ id: UInt32) throws(FrameFailure) {
        guard id & 1 == 1 else { throw .connection(.protocolError, .streamIDParity) }
    }
}
