// Timers, graceful shutdown and the end of the socket (RFC 9113 sections 6.5.3, 6.8 and 9.1).

/// How far a graceful shutdown has come, on this side and on the peer's.
struct ShutdownState {
    /// The PING behind the first GOAWAY: its answer means that the peer has read the GOAWAY.
    static let pingValue: UInt64 = 0x7461_6e64_656d_0001

    enum Stage {
        case none
        /// The peer knows, but streams it opened before it knew are still taken.
        case noticed(since: UInt64)
        /// No further streams are taken.
        case final
    }

    var stage = Stage.none
    private var peerLastStreamID: UInt32?

    static let none = ShutdownState()

    /// Whether this side takes no further streams.
    var isFinal: Bool {
        if case .final = stage { return true }
        return false
    }

    /// Whether this side may open streams.
    var takesNewStreams: Bool {
        if case .none = stage { return peerLastStreamID == nil }
        return false
    }

    /// The peer's GOAWAY.
    mutating func peerWillTake(upTo last: UInt32) {
        peerLastStreamID = last
    }
}

extension HTTP2Connection {
    /// Starts a graceful shutdown: open streams go on to their end, new ones are refused; `isFinished`
    /// turns true when all is done. A second call does nothing.
    package mutating func shutDown(at now: UInt64) {
        self.now = max(self.now, now)
        guard phase != .failed, case .none = shutdown.stage else { return }
        if role == .client {
            shutdown.stage = .final
            return output.appendGoAway(lastStreamID: 0, .noError)
        }
        // Section 6.8: two steps, so that requests already under way are not lost.
        shutdown.stage = .noticed(since: self.now)
        output.appendGoAway(lastStreamID: 0x7fff_ffff, .noError)
        output.appendPing(ShutdownState.pingValue, isAck: false)
    }

    /// The peer has read the first GOAWAY, or had time to.
    mutating func finishShutdownNotice() {
        guard case .noticed = shutdown.stage else { return }
        shutdown.stage = .final
        output.appendGoAway(lastStreamID: lastPeerStreamID, .noError)
    }

    /// The socket closed: every open stream that the driver knows is reported as reset.
    package mutating func inputEnded() {
        guard phase != .failed else { return }
        phase = .failed
        output.removeAll()
        dropAllStreams(.cancel)
    }

    /// The instant at which `deadlineReached` has something to do; nil when there is none. All of these are
    /// seconds away: a driver may set a timer after each turn, or call `deadlineReached` for all of its
    /// connections once a second.
    package var deadline: UInt64? {
        guard phase != .failed else { return nil }
        var earliest = UInt64.max
        if phase != .running {
            earliest = min(earliest, settingsSentAt + limits.handshakeTimeout)
        } else if !isSettingsAcknowledged {
            earliest = min(earliest, settingsSentAt + limits.settingsAckTimeout)
        }
        if streams.count == 0 { earliest = min(earliest, lastReceivedAt + limits.idleTimeout) }
        if let openHeaderBlock {
            earliest = min(earliest, openHeaderBlock.openedAt + limits.requestTimeout)
        }
        if let nextSweepAt { earliest = min(earliest, nextSweepAt) }
        if case .noticed(let since) = shutdown.stage {
            earliest = min(earliest, since + limits.shutdownNoticeTimeout)
        }
        return earliest == .max ? nil : earliest
    }

    /// Does what is due at `now`; earlier than the deadline it does nothing.
    package mutating func deadlineReached(at now: UInt64) {
        self.now = max(self.now, now)
        let now = self.now
        guard let due = deadline, now >= due else { return }
        if phase != .running, now >= settingsSentAt + limits.handshakeTimeout {
            return fail(.protocolError, .handshakeTimeout)
        }
        if !isSettingsAcknowledged, now >= settingsSentAt + limits.settingsAckTimeout {
            return fail(.settingsTimeout, .settingsTimeout)
        }
        if streams.count == 0, now >= lastReceivedAt + limits.idleTimeout {
            return fail(.noError, .idleTimeout)
        }
        if let openHeaderBlock, now >= openHeaderBlock.openedAt + limits.requestTimeout {
            return fail(.protocolError, .requestTimeout)
        }
        if let nextSweepAt, now >= nextSweepAt { sweep() }
        if case .noticed(let since) = shutdown.stage, now >= since + limits.shutdownNoticeTimeout {
            finishShutdownNotice()
        }
    }

    /// Notes that some stream waits for its peer. One timer serves all of them: a stream is reset between
    /// one and one and a quarter times its limit.
    mutating func scheduleSweep(after timeout: UInt64) {
        nextSweepAt = min(nextSweepAt ?? .max, now + timeout)
    }

    /// Resets the streams that wait for their peer for too long.
    private mutating func sweep() {
        nextSweepAt = nil
        for slot in streams.slotIndices where streams[slot].id != 0 {
            guard let (since, timeout) = wait(of: slot) else { continue }
            if now >= since + timeout {
                abort(streams[slot].id, .cancel)
            } else {
                scheduleSweep(after: max(1, timeout / 4))
            }
        }
    }

    /// Since when a stream waits for its peer, and how long it may.
    private func wait(of slot: Int) -> (since: UInt64, timeout: UInt64)? {
        if streams[slot].heldByteCount > 0 {
            return (streams[slot].heldSince, limits.sendStallTimeout)
        }
        if role == .server, case .body = streams[slot].inbound {
            return (streams[slot].openedAt, limits.requestTimeout)
        }
        return nil
    }
}
