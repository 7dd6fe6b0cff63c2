import GRPCProtocol
import HTTP2

/// A client and a server with the wire between them.
final class CallPair {
    var client: HTTP2Connection
    var server: HTTP2Connection
    var clientEvents: [HTTP2Event] = []
    var serverEvents: [HTTP2Event] = []

    init(
        clientDelivery: BodyDelivery = .whole, incrementalPaths: [String] = [],
        limits: HTTP2Limits = HTTP2Limits()
    ) {
        client = HTTP2Connection(
            role: .client, delivery: DeliveryRules(standard: clientDelivery), at: 0)
        server = HTTP2Connection(
            role: .server, limits: limits,
            delivery: DeliveryRules(incrementalPaths: incrementalPaths), at: 0)
    }

    /// Carries bytes until neither side has any.
    func exchange() {
        var isBusy = true
        while isBusy {
            isBusy = false
            while let bytes = client.nextOutput() {
                _ = server.receive(bytes.span, at: 0)
                isBusy = true
            }
            while let bytes = server.nextOutput() {
                _ = client.receive(bytes.span, at: 0)
                isBusy = true
            }
            while let event = server.nextEvent() { serverEvents.append(event) }
            while let event = client.nextEvent() { clientEvents.append(event) }
        }
    }

    /// The whole requests since the last call.
    func requests() -> [HTTP2Message] { Self.messages(&serverEvents) }

    /// The whole answers since the last call.
    func answers() -> [HTTP2Message] { Self.messages(&clientEvents) }

    /// Sends a request with any fields and body, and returns it as the server sees it.
    func request(_ fields: [(String, String)], body: [UInt8]) -> HTTP2Message? {
        guard let stream = client.sendRequest(HTTP2HeaderList(fields)) else { return nil }
        client.send(data: body.span, to: stream, endsStream: true)
        exchange()
        return requests().first
    }

    private static func messages(_ events: inout [HTTP2Event]) -> [HTTP2Message] {
        defer { events = [] }
        return events.compactMap {
            if case .messageReceived(let message) = $0 { return message }
            return nil
        }
    }
}

/// The fields of a correct request.
let callFields = [
    (":method", "POST"), (":scheme", "http"), (":path", "/package.Service/Method"),
    (":authority", "localhost"), ("te", "trailers"), ("content-type", "application/grpc"),
]
