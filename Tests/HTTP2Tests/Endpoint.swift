import HTTP2

/// A connection, its clock and the driver's loop, so that tests say bytes and see events and frames.
final class Endpoint {
    var connection: HTTP2Connection
    var now: UInt64 = 1_000_000_000
    var events: [HTTP2Event] = []
    private var input: [UInt8] = []
    private var written: [UInt8] = []

    init(
        _ role: HTTP2Connection.Role = .server, limits: HTTP2Limits = HTTP2Limits(),
        delivery: DeliveryRules = DeliveryRules()
    ) {
        connection = HTTP2Connection(role: role, limits: limits, delivery: delivery, at: now)
    }

    /// A server behind its handshake, with an empty output.
    static func server(
        limits: HTTP2Limits = HTTP2Limits(), delivery: DeliveryRules = DeliveryRules(),
        peerSettings: [(UInt16, UInt32)] = []
    ) -> Endpoint {
        let server = Endpoint(limits: limits, delivery: delivery)
        server.feed(Frame.preface)
        server.feed(.settings(peerSettings), .settingsAck)
        _ = server.takeOutput()
        return server
    }

    /// A client behind its handshake, with an empty output.
    static func client(
        limits: HTTP2Limits = HTTP2Limits(), delivery: DeliveryRules = DeliveryRules(),
        peerSettings: [(UInt16, UInt32)] = []
    ) -> Endpoint {
        let client = Endpoint(.client, limits: limits, delivery: delivery)
        client.feed(.settings(peerSettings), .settingsAck)
        _ = client.takeOutput()
        return client
    }

    func feed(_ frames: Frame...) {
        feed(frames.flatMap(\.bytes))
    }

    func feed(_ bytes: [UInt8]) {
        input += bytes
        repeat {
            let consumed = connection.receive(input.span, at: now)
            input.removeFirst(consumed)
            while let event = connection.nextEvent() { events.append(event) }
            if connection.isHeldBack { collectOutput() }
        } while connection.isHeldBack
    }

    // The macros of Testing can't read through a type that is not copyable.
    var isFinished: Bool { connection.isFinished }
    var deadline: UInt64? { connection.deadline }
    var openStreamCount: Int { connection.openStreamCount }

    /// Bytes that were passed and not yet consumed.
    var unreadByteCount: Int { input.count }

    func takeOutput() -> [UInt8] {
        collectOutput()
        while let event = connection.nextEvent() { events.append(event) }
        defer { written = [] }
        return written
    }

    func takeFrames() -> [Frame] {
        Frame.parse(takeOutput())
    }

    func takeEvents() -> [HTTP2Event] {
        defer { events = [] }
        return events
    }

    /// The whole messages received since the last call.
    func takeMessages() -> [HTTP2Message] {
        takeEvents().compactMap {
            if case .messageReceived(let message) = $0 { return message }
            return nil
        }
    }

    /// The error that ended the connection.
    var failure: HTTP2ConnectionError? {
        for case .connectionFailed(let error) in events { return error }
        return nil
    }

    private func collectOutput() {
        while let bytes = connection.nextOutput() { written += bytes }
    }
}
