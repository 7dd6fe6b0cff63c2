package import HTTP2

/// A call that is answered with an error before it started.
package struct GRPCRefusal: Sendable {
    /// The stream of the call.
    package let streamID: HTTP2StreamID

    /// The answer.
    package let status: GRPCStatus

    package init(streamID: HTTP2StreamID, status: GRPCStatus) {
        self.streamID = streamID
        self.status = status
    }

    /// The answer to `HTTP2Event.bodyTooLarge`; `byteCountMax` names the limit.
    package static func bodyTooLarge(
        _ stream: HTTP2StreamID, byteCountMax: Int? = nil
    ) -> GRPCRefusal {
        let limit = byteCountMax.map { "; at most \($0) bytes are accepted" } ?? ""
        return GRPCRefusal(
            streamID: stream,
            status: GRPCStatus(.resourceExhausted, "message is larger than the limit" + limit))
    }

    /// Answers.
    @discardableResult
    package func send(on connection: inout HTTP2Connection) -> HTTP2SendOutcome {
        let fields = GRPCServerCall.trailersOnly(status, GRPCMetadata(), GRPCLimits())
        return connection.send(head: fields, to: streamID, endsStream: true)
    }
}
