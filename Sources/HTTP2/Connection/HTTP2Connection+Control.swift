import Bytes

// The frames that carry no message: PRIORITY, RST_STREAM, SETTINGS, PING, GOAWAY and WINDOW_UPDATE
// (RFC 9113 sections 6.3 to 6.9).

extension HTTP2Connection {
    /// The client's preface, then SETTINGS, then the connection's window.
    mutating func writePreface() {
        let preface = HTTP2Preface.bytes
        if role == .client { output.append(copying: preface.span) }
        output.appendSettings(limits.announcedSettings(role: role))
        let increment = limits.connectionWindowBytes - ReceiveWindow.initialBytes
        guard increment > 0 else { return }
        output.appendWindowUpdate(
            0, increment: receiveWindow.open(to: limits.connectionWindowBytes))
    }

    /// Priorities are not used (section 5.3.2); only their form is checked.
    mutating func receivePriority(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        let id = header.streamID
        guard id != 0 else { throw .connection(.protocolError, .streamIDZero) }
        try countIdleFrame()
        let isOpen = streams.find(id) != nil
        guard payload.count == 5 else {
            // RST_STREAM has no place on an idle stream.
            if isOpen { throw .stream(id, .frameSizeError, .frameSize) }
            throw .connection(.frameSizeError, .frameSize)
        }
        guard payload.bigEndianUInt32(at: 0) & 0x7fff_ffff != id else {
            if isOpen { throw .stream(id, .protocolError, .dependsOnItself) }
            throw .connection(.protocolError, .dependsOnItself)
        }
    }

    mutating func receiveResetStream(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        let id = header.streamID
        guard id != 0 else { throw .connection(.protocolError, .streamIDZero) }
        guard payload.count == 4 else { throw .connection(.frameSizeError, .frameSize) }
        guard !isIdle(id) else { throw .connection(.protocolError, .streamIdle) }
        guard let slot = streams.find(id) else { return try countIdleFrame() }
        let code = HTTP2ErrorCode(rawValue: payload.bigEndianUInt32(at: 0))
        if role == .client, code == .noError, case .ended = streams[slot].inbound {
            // Section 8.1: the answer is complete, the rest of the request is not wanted.
            return close(slot, .closed)
        }
        remove(slot, reportedAs: code, byPeer: true, .closed)
        if role == .server { try countReset() }
    }

    mutating func receiveSettings(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        guard header.streamID == 0 else { throw .connection(.protocolError, .streamIDNotZero) }
        if header.has(FrameFlag.ack) {
            guard payload.isEmpty else { throw .connection(.frameSizeError, .frameSize) }
            return receiveSettingsAck()
        }
        guard payload.count.isMultiple(of: 6) else {
            throw .connection(.frameSizeError, .frameSize)
        }
        guard settings.admit(at: now) else { throw .connection(.enhanceYourCalm, .settingsFlood) }
        let before = peer
        for offset in stride(from: 0, to: payload.count, by: 6) {
            try peer.apply(
                payload.bigEndianUInt16(at: offset), payload.bigEndianUInt32(at: offset + 2),
                fromServer: role == .client)
        }
        encoder.allowTable(of: peer.headerTableByteCount)
        try moveSendWindows(by: peer.initialWindowBytes - before.initialWindowBytes)
        if phase == .awaitingSettings { phase = .running }
        output.appendSettingsAck()
    }

    /// A new initial window also moves the windows of open streams, below 0 if need be (section 6.9.2).
    private mutating func moveSendWindows(by change: Int) throws(FrameFailure) {
        guard change != 0 else { return }
        for slot in streams.slotIndices where streams[slot].id != 0 {
            streams[slot].sendWindow += change
            guard streams[slot].sendWindow <= PeerSettings.windowMax else {
                throw .connection(.flowControlError, .windowOverflow)
            }
            queueIfSendable(slot)
        }
    }

    private mutating func receiveSettingsAck() {
        guard !isSettingsAcknowledged else { return }
        isSettingsAcknowledged = true
        decoder.limitTable(to: limits.decoderTableByteCountMax)
        let shrinkage = ReceiveWindow.initialBytes - limits.streamWindowBytes
        guard shrinkage > 0 else { return }
        for slot in streams.slotIndices where streams[slot].id != 0 {
            shrinkReceiveWindow(slot, by: shrinkage)
        }
    }

    mutating func receivePing(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        guard header.streamID == 0 else { throw .connection(.protocolError, .streamIDNotZero) }
        guard payload.count == 8 else { throw .connection(.frameSizeError, .frameSize) }
        guard pings.admit(at: now) else { throw .connection(.enhanceYourCalm, .pingFlood) }
        let value = payload.bigEndianUInt64(at: 0)
        if header.has(FrameFlag.ack) {
            if value == ShutdownState.pingValue { finishShutdownNotice() }
        } else {
            output.appendPing(value, isAck: true)
        }
    }

    mutating func receiveGoAway(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        guard header.streamID == 0 else { throw .connection(.protocolError, .streamIDNotZero) }
        guard payload.count >= 8 else { throw .connection(.frameSizeError, .frameSize) }
        try countIdleFrame()
        let last = payload.bigEndianUInt32(at: 0) & 0x7fff_ffff
        let code = HTTP2ErrorCode(rawValue: payload.bigEndianUInt32(at: 4))
        shutdown.peerWillTake(upTo: last)
        events.append(.goAwayReceived(lastStreamID: HTTP2StreamID(last), code))
        guard role == .client else { return }
        for slot in streams.slotIndices where streams[slot].id > last {
            remove(slot, reportedAs: .refusedStream, byPeer: true, .resetHere)
        }
    }

    mutating func receiveWindowUpdate(
        _ header: FrameHeader, _ payload: Span<UInt8>
    ) throws(FrameFailure) {
        let id = header.streamID
        guard payload.count == 4 else { throw .connection(.frameSizeError, .frameSize) }
        let increment = Int(payload.bigEndianUInt32(at: 0) & 0x7fff_ffff)
        if id == 0 {
            guard increment > 0 else { throw .connection(.protocolError, .windowIncrementZero) }
            sendWindow += increment
            guard sendWindow <= PeerSettings.windowMax else {
                throw .connection(.flowControlError, .windowOverflow)
            }
            return
        }
        guard !isIdle(id) else { throw .connection(.protocolError, .streamIdle) }
        guard let slot = streams.find(id) else { return try countIdleFrame() }
        guard increment > 0 else { throw .stream(id, .protocolError, .windowIncrementZero) }
        streams[slot].sendWindow += increment
        guard streams[slot].sendWindow <= PeerSettings.windowMax else {
            throw .stream(id, .flowControlError, .windowOverflow)
        }
        queueIfSendable(slot)
    }
}
