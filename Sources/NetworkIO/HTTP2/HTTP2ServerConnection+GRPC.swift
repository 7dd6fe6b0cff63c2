import GRPCProtocol
import HTTP2
import NIOCore

// Unary gRPC calls.
extension HTTP2ServerConnection {
    /// Hands a whole request to the service: as a call if its content type says so, else as a plain one.
    func receive(_ message: HTTP2Message) {
        let stream = message.streamID
        guard GRPCServerCall.isGRPC(message.head) else { return receivePlain(message) }
        guard servesGRPC else { return refuse(.noGRPC, stream) }
        let path = String(decoding: message.head.path, as: UTF8.self)
        var limits = GRPCLimits()
        limits.messageByteCountMax = settings.service.messageByteCountMax(path: path)
        let now = loop.now.uptimeNanoseconds
        switch GRPCServerCall.accept(message, limits: limits, at: now) {
        case .notGRPC(let message): receivePlain(message)
        case .refused(let refusal): refuse(refusal)
        case .unary(let call, let bytes) where bytes.count <= limits.messageByteCountMax:
            begin(call, path, bytes, now)
        case .unary: refuse(.bodyTooLarge(byteCountMax: limits.messageByteCountMax), stream)
        }
    }

    /// Answers a body that outgrew its route's limit while it came.
    func refuseBody(of stream: HTTP2StreamID, _ head: HTTP2Head) {
        let path = String(decoding: head.path, as: UTF8.self)
        if GRPCServerCall.isGRPC(head) {
            let limit = settings.service.messageByteCountMax(path: path)
            refuse(.bodyTooLarge(byteCountMax: limit), stream)
        } else {
            let limit = settings.service.bodyByteCountMax(
                method: String(decoding: head.method, as: UTF8.self), target: path)
            refuse(.bodyTooLarge(byteCountMax: limit), RequestID(stream))
        }
    }

    private var servesGRPC: Bool { settings.listener == .all || settings.listener == .grpcOnly }

    private func begin(_ call: GRPCServerCall, _ path: String, _ bytes: [UInt8], _ now: UInt64) {
        let id = RequestID(call.streamID)
        let gate = ReplyGate(target: self, id: id.rawValue)
        let waiting = WaitingRequests.Request(id: id, gate: gate, call: call)
        if let deadline = call.deadline, deadline <= now {
            self.waiting.add(waiting)
            return deadlinePassed(id.rawValue)
        }
        let request = GRPCRequest(
            path: path, message: bytes, metadata: call.metadata, deadlineNanoseconds: call.deadline,
            remoteAddress: settings.remoteAddress, listener: settings.listener)
        loop.counters.grpcCalls.bump()
        dispatch(waiting) {
            settings.service.handle(request, reply: GRPCReply(gate: gate))
        }
    }

    private func refuse(_ refusal: FrontRefusal, _ stream: HTTP2StreamID) {
        refuse(GRPCRefusal(streamID: stream, status: refusal.grpcStatus))
    }

    private func refuse(_ refusal: GRPCRefusal) {
        loop.counters.requestsRefused.bump()
        // Should the stream be gone, nobody waits for the answer.
        _ = refusal.send(on: &machine)
    }
}

extension GRPCServerCall {
    /// Sends the end of a unary call; does nothing when its stream is gone.
    mutating func end(with outcome: GRPCOutcome, on machine: inout HTTP2Connection) {
        let sent: HTTP2SendOutcome
        switch outcome {
        case .failure(let status, let trailers):
            sent = finish(status, metadata: GRPCMetadata(trailers), on: &machine)
        case .response(let response):
            sent = answer(response, on: &machine)
        }
        // More than one stream may hold back: a status in its place, since nothing was sent yet but the head.
        if sent == .backlogFull {
            _ = finish(GRPCStatus(.resourceExhausted, "the answer is too large"), on: &machine)
        }
    }

    private mutating func answer(
        _ response: GRPCResponse, on machine: inout HTTP2Connection
    ) -> HTTP2SendOutcome {
        if response.trailers.count == 0 { return reply(message: response.message, on: &machine) }
        let sent = send(message: response.message, on: &machine)
        guard sent == .sent || sent == .queued else { return sent }
        return finish(.ok, metadata: GRPCMetadata(response.trailers), on: &machine)
    }
}

extension GRPCMetadata {
    /// The fields that may be metadata.
    init(_ list: HTTPHeaderList) {
        self.init()
        // What can't be sent is left out, as the interface says.
        for field in list.fields { _ = append(field.name, field.value) }
    }
}
