import Bytes

// From bytes to frames (RFC 9113 section 4), and what a failed frame does (section 5.4).

extension HTTP2Connection {
    /// Reads one frame, or the preface; returns the bytes consumed, 0 when there are too few.
    mutating func receiveNext(_ bytes: Span<UInt8>) -> Int {
        if phase == .awaitingPreface { return receivePreface(bytes) }
        guard bytes.count >= FrameHeader.byteCount else { return 0 }
        let header = FrameHeader(bytes)
        do throws(FrameFailure) {
            try checkOrder(header)
            let end = FrameHeader.byteCount + header.payloadByteCount
            guard bytes.count >= end else { return 0 }
            do throws(FrameFailure) {
                try process(header, bytes.extracting(FrameHeader.byteCount..<end))
            } catch {
                handle(error)
            }
            return end
        } catch {
            handle(error)
            return bytes.count
        }
    }

    /// Section 3.4. A wrong byte is refused as soon as it is there.
    private mutating func receivePreface(_ bytes: Span<UInt8>) -> Int {
        switch HTTP2Preface.match(bytes) {
        case .needsMore: return 0
        case .matches:
            phase = .awaitingSettings
            return HTTP2Preface.byteCount
        case .differs:
            fail(.protocolError, .badPreface)
            return bytes.count
        }
    }

    /// What a header shows by itself, before its payload is waited for.
    private func checkOrder(_ header: FrameHeader) throws(FrameFailure) {
        guard header.payloadByteCount <= max(16_384, limits.frameByteCountMax) else {
            throw .connection(.frameSizeError, .frameTooLarge)
        }
        if phase == .awaitingSettings {
            guard header.type == FrameType.settings.rawValue, !header.has(FrameFlag.ack) else {
                throw .connection(.protocolError, .firstFrameNotSettings)
            }
        }
        if let openHeaderBlock {
            guard header.type == FrameType.continuation.rawValue,
                header.streamID == openHeaderBlock.streamID
            else { throw .connection(.protocolError, .continuationExpected) }
        }
    }

    private mutating func process(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        // Unknown types are ignored (section 5.5), but not without end.
        guard let type = FrameType(rawValue: header.type) else { return try countIdleFrame() }
        switch type {
        case .data: try receiveData(header, payload)
        case .headers: try receiveHeaders(header, payload)
        case .priority: try receivePriority(header, payload)
        case .resetStream: try receiveResetStream(header, payload)
        case .settings: try receiveSettings(header, payload)
        case .pushPromise: throw .connection(.protocolError, .pushPromise)
        case .ping: try receivePing(header, payload)
        case .goAway: try receiveGoAway(header, payload)
        case .windowUpdate: try receiveWindowUpdate(header, payload)
        case .continuation: try receiveContinuation(header, payload)
        }
    }

    /// Counts a frame that changes nothing.
    mutating func countIdleFrame() throws(FrameFailure) {
        guard idleFrames.admit(at: now) else {
            throw .connection(.enhanceYourCalm, .idleFrameFlood)
        }
    }

    /// Counts a stream that the peer reset, or made this side reset, before its end.
    mutating func countReset() throws(FrameFailure) {
        guard resets.admit(at: now) else { throw .connection(.enhanceYourCalm, .resetFlood) }
    }

    private mutating func handle(_ failure: FrameFailure) {
        switch failure {
        case .connection(let code, let fault):
            fail(code, fault)
        case .stream(let id, let code, _):
            guard resets.admit(at: now) else { return fail(.enhanceYourCalm, .resetFlood) }
            abort(id, code)
        }
    }

    /// Sends GOAWAY, drops everything and tells the driver (section 5.4.1).
    mutating func fail(_ code: HTTP2ErrorCode, _ fault: HTTP2Fault) {
        guard phase != .failed else { return }
        phase = .failed
        output.appendGoAway(lastStreamID: lastPeerStreamID, code, debug: fault.rawValue)
        dropAllStreams(code)
        events.append(.connectionFailed(HTTP2ConnectionError(code: code, reason: fault)))
    }

    /// Removes every stream, reporting those the driver knows.
    mutating func dropAllStreams(_ code: HTTP2ErrorCode) {
        for slot in streams.slotIndices where streams[slot].id != 0 {
            remove(slot, reportedAs: code, byPeer: false, .closed)
        }
    }

    /// Resets a stream from this side because of the peer (section 5.4.2); it need not be in the table.
    mutating func abort(_ id: UInt32, _ code: HTTP2ErrorCode) {
        output.appendResetStream(id, code)
        if let slot = streams.find(id) {
            remove(slot, reportedAs: code, byPeer: false, .resetHere)
        } else {
            closedStreams.insert(id, .resetHere)
        }
    }

    /// Takes a stream that did not end well out of the table.
    mutating func remove(
        _ slot: Int, reportedAs code: HTTP2ErrorCode, byPeer: Bool, _ ending: ClosedStreams.Ending
    ) {
        if streams[slot].isReported {
            let id = HTTP2StreamID(streams[slot].id)
            events.append(.streamReset(id, code, byPeer: byPeer))
        }
        close(slot, ending)
    }

    /// Takes a stream out of the table.
    mutating func close(_ slot: Int, _ ending: ClosedStreams.Ending) {
        closedStreams.insert(streams[slot].id, ending)
        let held = streams[slot].largeBody == .holding
        streams.remove(slot)
        if held { releaseLargeBody() }
    }
}
