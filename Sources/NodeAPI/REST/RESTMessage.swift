internal import GRPCProtocol

/// A REST request, its body complete.
package struct RESTRequest: Sendable {
    package var method: String
    /// The target up to the query.
    package var path: String
    /// What follows the `?`; nil when there is none.
    package var query: String?
    /// The value of `content-type`; nil when there is none.
    package var contentType: String?
    package var body: [UInt8]

    package init(
        method: String, path: String, query: String?, contentType: String?, body: [UInt8]
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.contentType = contentType
        self.body = body
    }
}

/// A REST response.
package struct RESTResponse: Sendable {
    package var status: Int
    package var contentType: String
    /// Further fields; names are lower-case.
    package var headers: [(name: String, value: String)] = []
    package var body: [UInt8]

    init(status: Int = 200, contentType: String = "application/json", body: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.body = body
    }

    /// `{"message": …, "grpc_code": n, "reason": …}` with the status that goes with the reason.
    package init(_ error: APIError) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("message", error.message)
        writer.field("grpc_code", UInt64(error.code.rawValue))
        writer.field("reason", error.reason.rawValue)
        writer.endObject()
        self.init(status: error.httpStatus, body: writer.bytes)
        if let seconds = error.retryAfterSeconds {
            headers.append((name: "retry-after", value: String(seconds)))
        }
    }
}
