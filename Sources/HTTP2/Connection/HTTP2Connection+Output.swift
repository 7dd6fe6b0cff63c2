// How heads and data become frames, at once or as the peer's windows open (RFC 9113 sections 4.3, 6.1
// and 6.9).

extension HTTP2Connection {
    mutating func writeData(
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
    mutating func writeBlock(_ block: HTTP2HeaderBlock, _ id: UInt32, endsStream: Bool) {
        let start = beginHeaders(id, endsStream: endsStream)
        encoder.encode(block, to: &output)
        endHeaders(start, id)
    }

    mutating func writeList(_ list: HTTP2HeaderList, _ id: UInt32, endsStream: Bool) {
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
