import HTTP2

// Plain requests over HTTP/2 (RFC 9113 section 8): the same service as over HTTP/1.1.
extension HTTP2ServerConnection {
    /// Hands a whole request to the service.
    func receivePlain(_ message: HTTP2Message) {
        let head = message.head
        let method = String(decoding: head.method, as: UTF8.self)
        let id = RequestID(message.streamID, isHead: method == "HEAD")
        guard settings.listener != .grpcOnly else { return refuse(.grpcOnly, id) }
        let target = String(decoding: head.path, as: UTF8.self)
        let limit = settings.service.bodyByteCountMax(method: method, target: target)
        guard message.body.count <= limit else {
            return refuse(.bodyTooLarge(byteCountMax: limit), id)
        }
        let request = HTTPRequest(
            method: method, target: target, headers: HTTPHeaderList(requestHead: head),
            body: message.body, remoteAddress: settings.remoteAddress, version: .http2,
            listener: settings.listener)
        loop.counters.http2Requests.bump()
        let gate = ReplyGate(target: self, id: id.rawValue)
        dispatch(WaitingRequests.Request(id: id, gate: gate)) {
            settings.service.handle(request, reply: HTTPReply(gate: gate))
        }
    }

    /// Answers in the service's place.
    func refuse(_ refusal: FrontRefusal, _ id: RequestID) {
        loop.counters.requestsRefused.bump()
        send(refusal.httpResponse, for: id)
    }

    /// Sends a response; does nothing when its stream is gone.
    func send(_ response: HTTPResponse, for id: RequestID) {
        let hasBody = response.status != 204 && response.status != 304
        var head = HTTP2HeaderList()
        let isStatusKnown = (200...599).contains(response.status)
        head.append(":status", String(isStatusKnown ? response.status : 500))
        for field in response.headers.fields where Self.isSendable(field) {
            head.append(ASCIIText.lowered(field.name), field.value)
        }
        if hasBody { head.append("content-length", String(response.body.count)) }
        head.append("date", loop.date)
        let sendsBody = hasBody && !id.isHead && !response.body.isEmpty
        guard machine.send(head: head, to: id.stream, endsStream: !sendsBody) == .sent, sendsBody
        else { return }
        let outcome = machine.send(data: response.body.span, to: id.stream, endsStream: true)
        if outcome == .backlogFull { machine.reset(id.stream, .internalError) }
    }

    /// Fields that the server writes itself are left out, and so are those that belong to a connection
    /// (RFC 9113 section 8.2.2) or would break the framing on a way through HTTP/1.1.
    private static func isSendable(_ field: HTTPHeaderList.Field) -> Bool {
        switch ASCIIText.lowered(field.name) {
        case "content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection",
            "date", "upgrade", "":
            false
        default:
            !field.name.hasPrefix(":") && HTTPFieldRules.isSafe(field.name)
                && HTTPFieldRules.isSafe(field.value)
        }
    }
}

extension HTTPHeaderList {
    /// The regular fields of a request; the authority as `host`, if there is no such field.
    init(requestHead head: HTTP2Head) {
        self.init()
        reserveCapacity(head.fields.count)
        if !head.authority.isEmpty && head.value(of: "host") == nil {
            append("host", String(decoding: head.authority, as: UTF8.self))
        }
        for index in head.regularFields { append(field: index, of: head.fields) }
    }

    /// Adds the field of `list` at `index`.
    mutating func append(field index: Int, of list: HTTP2HeaderList) {
        append(
            String(decoding: list.name(at: index), as: UTF8.self),
            String(decoding: list.value(at: index), as: UTF8.self))
    }
}
