package import HTTP2

/// The server's side of one call: reads its head and message, writes its answer to the connection.
///
///     case .messageReceived(let request):                     // an HTTP2Event
///         switch GRPCServerCall.accept(request, at: now) {
///         case .notGRPC(let request):  answerREST(request)
///         case .refused(let refusal):  refusal.send(on: &connection)
///         case .unary(var call, let message):
///             // call.path, call.deadline, call.metadata. At once, or later if the stream still lives:
///             call.reply(message: answer, on: &connection)
///             // … or call.fail(GRPCStatus(.notFound, "…"), on: &connection)
///             // … or, for a stream of answers:
///             //   call.send(message: first, on: &connection)   // as often as wanted
///             //   call.finish(.ok, on: &connection)
///         }
///     case .headReceived(let stream, let head, _):            // paths delivered incrementally
///         GRPCServerCall.accept(stream, head, at: now)        // .streaming(call, reader), or refused
///     case .bodyReceived(let stream, let bytes):
///         connection.bodyConsumed(stream, byteCount: bytes.count)
///         reader.append(bytes); while let message = try reader.nextMessage() { … call.send … }
///     case .messageEnded(let stream, _):
///         try reader.finish(); call.finish(.ok, on: &connection)
///     case .bodyTooLarge(let stream, let head) where GRPCServerCall.isGRPC(head):
///         GRPCRefusal.bodyTooLarge(stream).send(on: &connection)
///
/// Every send says whether the stream still lived; one that does not lives no longer for the peer
/// either, and the call is simply forgotten.
package struct GRPCServerCall: Sendable {
    /// The stream of the call.
    package let streamID: HTTP2StreamID

    /// The request's head.
    package let head: HTTP2Head

    /// When the client gives up, on the driver's clock; nil without `grpc-timeout`.
    package let deadline: UInt64?

    private var phase = Phase.head

    private enum Phase {
        case head
        case messages
        case ended
    }

    /// What became of a whole request.
    package enum Acceptance: Sendable {
        /// Not a gRPC request: another protocol's business.
        case notGRPC(HTTP2Message)

        /// Answer this and forget the call.
        case refused(GRPCRefusal)

        /// A call with its one message.
        case unary(GRPCServerCall, message: [UInt8])
    }

    /// What became of a head whose messages follow.
    package enum StreamAcceptance: Sendable {
        /// Not a gRPC request.
        case notGRPC
        case refused(GRPCRefusal)
        case streaming(GRPCServerCall, GRPCMessageReader)
    }

    /// Whether a request is gRPC, by its content type.
    package static func isGRPC(_ head: HTTP2Head) -> Bool {
        contentSubtype(head) != nil
    }

    /// Reads a whole request; `now` starts the timeout.
    package static func accept(
        _ request: consuming HTTP2Message, limits: GRPCLimits = GRPCLimits(), at now: UInt64
    ) -> Acceptance {
        guard let subtype = contentSubtype(request.head) else { return .notGRPC(request) }
        do throws(GRPCStatus) {
            let call = try GRPCServerCall(request.streamID, request.head, subtype, at: now)
            try unframe(&request.body, encoding(request.head), limits)
            return .unary(call, message: request.body)
        } catch {
            return .refused(GRPCRefusal(streamID: request.streamID, status: error))
        }
    }

    /// Reads the head of a call whose messages follow one by one.
    package static func accept(
        _ streamID: HTTP2StreamID, _ head: HTTP2Head, limits: GRPCLimits = GRPCLimits(),
        at now: UInt64
    ) -> StreamAcceptance {
        guard let subtype = contentSubtype(head) else { return .notGRPC }
        do throws(GRPCStatus) {
            let call = try GRPCServerCall(streamID, head, subtype, at: now)
            return .streaming(call, GRPCMessageReader(encoding: encoding(head), limits: limits))
        } catch {
            return .refused(GRPCRefusal(streamID: streamID, status: error))
        }
    }

    private init(
        _ streamID: HTTP2StreamID, _ head: HTTP2Head, _ subtype: ArraySlice<UInt8>, at now: UInt64
    ) throws(GRPCStatus) {
        guard head.method.elementsEqual("POST".utf8) else {
            throw GRPCStatus(.internal, "method must be POST")
        }
        guard subtype.isEmpty || subtype.elementsEqual("proto".utf8) else {
            throw GRPCStatus(
                .unimplemented,
                "content type must be application/grpc or application/grpc+proto")
        }
        self.streamID = streamID
        self.head = head
        guard let text = head.value(of: "grpc-timeout") else {
            deadline = nil
            return
        }
        guard let timeout = GRPCTimeout.parse(text) else {
            throw GRPCStatus(
                .internal, "grpc-timeout must be 1 to 8 digits and one of H, M, S, m, u, n")
        }
        // The timeout is at most 2^62, clocks count up from 0.
        deadline = now &+ timeout
    }

    /// `/package.Service/Method`.
    package var path: String { String(decoding: head.path, as: UTF8.self) }

    /// The request's metadata.
    package var metadata: GRPCMetadata { GRPCMetadata(head.fields) }

    /// Answers with one message and status OK.
    @discardableResult
    package mutating func reply(message: [UInt8], on connection: inout HTTP2Connection)
        -> HTTP2SendOutcome
    {
        let outcome = send(message: message, on: &connection)
        guard outcome == .sent || outcome == .queued else { return outcome }
        phase = .ended
        return connection.send(trailers: Self.okTrailers, to: streamID)
    }

    /// Sends one message of a stream of answers; `backlogFull` says that the peer reads too slowly, and
    /// nothing was sent.
    @discardableResult
    package mutating func send(message: [UInt8], on connection: inout HTTP2Connection)
        -> HTTP2SendOutcome
    {
        if case .head = phase {
            let outcome = connection.send(head: Self.answerHead, to: streamID)
            guard outcome == .sent else { return outcome }
            phase = .messages
        }
        let framing = GRPCFrameHeader.bytes(messageByteCount: message.count)
        return connection.send(prefix: framing.span, data: message.span, to: streamID)
    }

    /// Ends the call with a status; without a message before it, in one frame (Trailers-Only).
    @discardableResult
    package mutating func finish(
        _ status: GRPCStatus, metadata: GRPCMetadata = GRPCMetadata(),
        limits: GRPCLimits = GRPCLimits(), on connection: inout HTTP2Connection
    ) -> HTTP2SendOutcome {
        defer { phase = .ended }
        switch phase {
        case .head:
            let fields = Self.trailersOnly(status, metadata, limits)
            return connection.send(head: fields, to: streamID, endsStream: true)
        case .messages:
            if status == .ok, metadata.isEmpty {
                return connection.send(trailers: Self.okTrailers, to: streamID)
            }
            var fields = HTTP2HeaderList()
            Self.appendStatus(status, metadata, limits, to: &fields)
            return connection.send(trailers: fields, to: streamID)
        case .ended:
            return .streamClosed
        }
    }

    /// Ends the call with an error.
    @discardableResult
    package mutating func fail(_ status: GRPCStatus, on connection: inout HTTP2Connection)
        -> HTTP2SendOutcome
    {
        finish(status, on: &connection)
    }
}

/// The pieces of heads and trailers.
extension GRPCServerCall {
    private static let answerHead = HTTP2HeaderBlock(
        HTTP2HeaderList([(":status", "200"), ("content-type", "application/grpc")]))

    private static let okTrailers = HTTP2HeaderBlock(HTTP2HeaderList([("grpc-status", "0")]))

    /// What follows `application/grpc+`; empty without one; nil for other content types.
    private static func contentSubtype(_ head: HTTP2Head) -> ArraySlice<UInt8>? {
        guard let type = head.value(of: "content-type") else { return nil }
        let prefix = "application/grpc".utf8
        guard type.starts(with: prefix) else { return nil }
        let rest = type.dropFirst(prefix.count)
        guard let separator = rest.first else { return rest }
        guard separator == UInt8(ascii: "+") else {
            return separator == UInt8(ascii: ";") ? [] : nil
        }
        return rest.dropFirst().prefix { $0 != UInt8(ascii: ";") }
    }

    private static func encoding(_ head: HTTP2Head) -> GRPCEncoding {
        GRPCEncoding(headerValue: head.value(of: "grpc-encoding"))
    }

    /// Takes the framing off a body that must be exactly one message.
    private static func unframe(
        _ body: inout [UInt8], _ encoding: GRPCEncoding, _ limits: GRPCLimits
    ) throws(GRPCStatus) {
        guard !body.isEmpty else {
            throw GRPCStatus(.unimplemented, "the call takes one message; none was sent")
        }
        guard body.count >= GRPCFrameHeader.byteCount else {
            throw GRPCStatus(.internal, "the stream ended inside a message")
        }
        let byteCount = try GRPCFrameHeader.parse(
            body.span, encoding: encoding,
            messageByteCountMax: max(limits.messageByteCountMax, body.count))
        let rest = body.count - GRPCFrameHeader.byteCount - byteCount
        guard rest >= 0 else {
            throw GRPCStatus(.internal, "the stream ended inside a message")
        }
        guard rest == 0 else {
            throw GRPCStatus(.unimplemented, "the call takes one message; more were sent")
        }
        body.removeFirst(GRPCFrameHeader.byteCount)
    }

    static func trailersOnly(
        _ status: GRPCStatus, _ metadata: GRPCMetadata, _ limits: GRPCLimits
    ) -> HTTP2HeaderList {
        var fields = HTTP2HeaderList()
        fields.append(":status", "200")
        fields.append("content-type", "application/grpc")
        if status.code == .unimplemented {
            fields.append("grpc-accept-encoding", GRPCEncoding.accepted)
        }
        appendStatus(status, metadata, limits, to: &fields)
        return fields
    }

    private static func appendStatus(
        _ status: GRPCStatus, _ metadata: GRPCMetadata, _ limits: GRPCLimits,
        to fields: inout HTTP2HeaderList
    ) {
        fields.append("grpc-status", String(status.code.rawValue))
        if !status.message.isEmpty {
            let limit = limits.statusMessageByteCountMax
            fields.append(
                "grpc-message", PercentEncoding.encode(status.message, byteCountMax: limit))
        }
        fields.append(all: metadata.fields)
    }
}
