/// One HTTP/2 connection without its socket (RFC 9113): bytes and instants in, events and bytes out.
///
/// The whole driver, for a server:
///
///     var connection = HTTP2Connection(role: .server, at: now)
///     // When bytes came. `input` is what came and was not consumed yet.
///     repeat {
///         let consumed = connection.receive(input.span, at: now)
///         input.removeFirst(consumed)
///         while let event = connection.nextEvent() {
///             switch event {
///             case .messageReceived(let request): answer(request)     // now, or later from a callback
///             case .streamReset(let stream, _, _): cancelWork(for: stream)
///             …
///             }
///         }
///         while let bytes = connection.nextOutput() { socket.write(bytes) }
///     } while connection.isHeldBack                   // it stopped early: call again with the rest
///     if connection.isFinished { socket.closeAfterWriting() }
///     timer.schedule(at: connection.deadline)         // nil: no timer; then deadlineReached(at:)
///
///     // An answer: one call, one copy. Write the output once for all answers of a turn.
///     connection.send(head: answerHead, to: request.streamID)            // an HTTP2HeaderBlock or list
///     connection.send(data: body.span, to: request.streamID, endsStream: true)
///
/// While the socket takes no more bytes, leave the output where it is and go on calling `receive` only
/// when it was taken: `receive` consumes nothing above `outputByteCountMax`. After the socket closed, call
/// `inputEnded()` and drain the events.
///
/// `receive` consumes whole frames only: the driver keeps the rest, less than one frame, and passes it
/// again with the bytes that follow.
///
/// Instants are nanoseconds of any clock that does not go back. Not `Sendable`: one owner, one thread.
package struct HTTP2Connection: ~Copyable {
    /// Which end this is.
    package enum Role: Sendable {
        case client
        case server
    }

    /// How far the connection has come.
    enum Phase {
        /// The client's 24 bytes are still to come; servers only.
        case awaitingPreface
        /// The peer's first SETTINGS frame is still to come.
        case awaitingSettings
        case running
        /// A connection error was sent; nothing is read any more.
        case failed
    }

    /// A header block that goes on in CONTINUATION frames (RFC 9113 section 6.10).
    struct OpenHeaderBlock {
        let streamID: UInt32
        let endsStream: Bool
        let dependsOnItself: Bool
        let openedAt: UInt64
        var continuationCount = 0
    }

    let role: Role
    let limits: HTTP2Limits
    let delivery: DeliveryRules

    var phase: Phase
    var shutdown = ShutdownState.none
    var now: UInt64
    var lastReceivedAt: UInt64
    var settingsSentAt: UInt64
    var isSettingsAcknowledged = false

    var output: [UInt8] = []
    var events = EventQueue()
    var streams: StreamTable
    var closedStreams = ClosedStreams()
    var peer = PeerSettings()

    var decoder = HPACKDecoder()
    var encoder: HPACKEncoder
    var headMemo = HeadMemo()
    var openHeaderBlock: OpenHeaderBlock?
    var headerBlockBytes: [UInt8] = []

    /// The highest stream the peer opened.
    var lastPeerStreamID: UInt32 = 0

    /// The next stream this side opens.
    var nextStreamID: UInt32

    var sendWindow = 65_535
    var receiveWindow: ReceiveWindow
    var largeBodyCount = 0
    var sendQueue = SendQueue()
    var nextSweepAt: UInt64?

    var resets: RateLimit
    var pings: RateLimit
    var settings: RateLimit
    var emptyFrames: RateLimit
    var idleFrames: RateLimit

    /// A connection whose socket opened at `now`. Its preface and SETTINGS are in the output.
    package init(
        role: Role, limits: HTTP2Limits = HTTP2Limits(), delivery: DeliveryRules = DeliveryRules(),
        at now: UInt64
    ) {
        self.role = role
        self.limits = limits
        self.delivery = delivery
        self.now = now
        lastReceivedAt = now
        settingsSentAt = now
        phase = role == .server ? .awaitingPreface : .awaitingSettings
        nextStreamID = role == .server ? 2 : 1
        streams = StreamTable(capacity: limits.concurrentStreamCountMax)
        encoder = HPACKEncoder(tableByteCountMax: limits.encoderTableByteCountMax)
        receiveWindow = ReceiveWindow(
            available: ReceiveWindow.initialBytes, target: limits.connectionWindowBytes)
        resets = RateLimit(limits.resets)
        pings = RateLimit(limits.pings)
        settings = RateLimit(limits.settings)
        emptyFrames = RateLimit(limits.emptyFrames)
        idleFrames = RateLimit(limits.idleFrames)
        writePreface()
    }

    /// Reads whole frames from the front of `bytes`; returns how many bytes it consumed. Never throws: an
    /// error of the peer becomes frames in the output and events.
    package mutating func receive(_ bytes: Span<UInt8>, at now: UInt64) -> Int {
        self.now = max(self.now, now)
        var offset = 0
        while offset < bytes.count {
            if phase == .failed { return bytes.count }
            guard canReceive else { break }
            let consumed = receiveNext(bytes.extracting(offset..<bytes.count))
            guard consumed > 0 else { break }
            offset += consumed
        }
        if offset > 0 { lastReceivedAt = self.now }
        return offset
    }

    /// Whether `receive` stopped because events or output are to be taken first.
    package var isHeldBack: Bool { phase != .failed && !canReceive }

    /// What happened next; nil when all was taken.
    package mutating func nextEvent() -> HTTP2Event? {
        events.popFirst()
    }

    /// The next bytes to write, at most a little over `outputByteCountTarget` at a time; nil when there
    /// are none for now.
    package mutating func nextOutput() -> [UInt8]? {
        pumpSendQueue()
        guard !output.isEmpty else { return nil }
        var taken: [UInt8] = []
        swap(&taken, &output)
        return taken
    }

    /// Lends the next bytes to write to `body` and then drops them, keeping the buffer: nothing is
    /// allocated. Returns nil when there are none for now.
    package mutating func withNextOutput<Result>(_ body: (Span<UInt8>) -> Result) -> Result? {
        pumpSendQueue()
        guard !output.isEmpty else { return nil }
        let result = body(output.span)
        output.removeAll(keepingCapacity: output.capacity <= limits.outputByteCountMax)
        return result
    }

    /// Whether `nextOutput` has something to give.
    package var hasOutput: Bool { !output.isEmpty || sendQueue.canSend && sendWindow > 0 }

    /// Whether the socket is to be closed once the output is written.
    package var isFinished: Bool {
        guard output.isEmpty else { return false }
        if phase == .failed { return true }
        return shutdown.isFinal && streams.count == 0
    }

    /// How many streams are open.
    package var openStreamCount: Int { streams.count }

    private var canReceive: Bool {
        events.count < limits.eventCountMax && output.count < limits.outputByteCountMax
    }
}
