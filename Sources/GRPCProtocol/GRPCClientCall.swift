package import HTTP2

/// The client's side of one call, over a connection that delivers whole messages (unary) or pieces
/// (streams of answers).
///
///     guard var call = GRPCClientCall.open(path: "/p.Service/Method", authority: "host", on: &connection)
///     call.send(message: request, isLast: true, on: &connection)
///     // .messageReceived(let answer):  call.receive(answer)          -> one message, or the status
///     // .headReceived(_, let head, _): call.receive(head: head)      -> streams of answers
///     // .bodyReceived(_, let bytes):   call.reader.append(bytes), nextMessage()
///     // .messageEnded(_, let fields):  call.receive(trailers: fields) -> the status
///     // .streamReset(_, let code, _):  GRPCStatus(GRPCStatusCode(resetCode: code.rawValue), …)
package struct GRPCClientCall: Sendable {
    /// The stream of the call.
    package let streamID: HTTP2StreamID

    /// Puts the answers of a stream together.
    package var reader: GRPCMessageReader

    private let limits: GRPCLimits
    private var headStatus: GRPCStatus?

    /// Opens a stream for a call; nil when the connection takes no more now.
    package static func open(
        path: String, authority: String, scheme: String = "http",
        timeoutNanoseconds: UInt64? = nil, metadata: GRPCMetadata = GRPCMetadata(),
        limits: GRPCLimits = GRPCLimits(), on connection: inout HTTP2Connection
    ) -> GRPCClientCall? {
        var head = HTTP2HeaderList([
            (":method", "POST"), (":scheme", scheme), (":path", path), (":authority", authority),
            ("te", "trailers"), ("content-type", "application/grpc"),
            ("grpc-accept-encoding", GRPCEncoding.accepted),
        ])
        if let timeoutNanoseconds {
            head.append("grpc-timeout", GRPCTimeout.text(nanoseconds: timeoutNanoseconds))
        }
        head.append(all: metadata.fields)
        guard let stream = connection.sendRequest(head) else { return nil }
        return GRPCClientCall(streamID: stream, limits: limits)
    }

    private init(streamID: HTTP2StreamID, limits: GRPCLimits) {
        self.streamID = streamID
        self.limits = limits
        reader = GRPCMessageReader(limits: limits)
    }

    /// Sends one message.
    @discardableResult
    package func send(
        message: [UInt8], isLast: Bool, on connection: inout HTTP2Connection
    ) -> HTTP2SendOutcome {
        let framing = GRPCFrameHeader.bytes(messageByteCount: message.count)
        return connection.send(
            prefix: framing.span, data: message.span, to: streamID, endsStream: isLast)
    }

    /// The one message of a whole answer. Throws the call's status when it is not OK.
    package mutating func receive(_ answer: HTTP2Message) throws(GRPCStatus) -> [UInt8] {
        try receive(head: answer.head)
        let status = receive(trailers: answer.trailers)
        guard status == .ok else { throw status }
        reader.append(answer.body)
        guard let message = try reader.nextMessage() else {
            throw GRPCStatus(.unimplemented, "the answer has no message")
        }
        try reader.finish()
        return message
    }

    /// The head of an answer. Throws when it can't be followed by messages of this call.
    package mutating func receive(head: HTTP2Head) throws(GRPCStatus) {
        headStatus = Self.status(in: head.fields)
        if headStatus == nil, head.status != 200 {
            let code = GRPCStatusCode(httpStatus: head.status)
            throw GRPCStatus(code, "HTTP status \(head.status)")
        }
        guard let type = head.value(of: "content-type"),
            type.starts(with: "application/grpc".utf8)
        else { throw GRPCStatus(.unknown, "the answer is not gRPC") }
        let encoding = GRPCEncoding(headerValue: head.value(of: "grpc-encoding"))
        reader = GRPCMessageReader(encoding: encoding, limits: limits)
    }

    /// The status that ends the call: from the trailers, or from the head in a Trailers-Only answer.
    package func receive(trailers: HTTP2HeaderList) -> GRPCStatus {
        Self.status(in: trailers) ?? headStatus
            ?? GRPCStatus(.unknown, "the answer has no grpc-status")
    }

    private static func status(in fields: HTTP2HeaderList) -> GRPCStatus? {
        guard let digits = fields.value(of: "grpc-status") else { return nil }
        let message = fields.value(of: "grpc-message").map { PercentEncoding.decode($0) } ?? ""
        // An unknown code counts as UNKNOWN (statuscodes.md).
        let code = UInt8(String(decoding: digits, as: UTF8.self))
        return GRPCStatus(code.flatMap { GRPCStatusCode(rawValue: $0) } ?? .unknown, message)
    }
}
