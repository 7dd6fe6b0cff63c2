import NIOCore

/// Writes HTTP/1.1 responses (RFC 9112 sections 4 to 6), head and body into one buffer.
enum HTTP1ResponseWriter {
    /// What the request's side decides about the response.
    struct Framing {
        /// Whether the request was HTTP/1.0, which has to be told of a connection kept open.
        let isHTTP10: Bool

        /// Whether the request was HEAD: the length is told, the body is not sent.
        let isHead: Bool

        /// Whether another request may follow on the connection.
        let keepsAlive: Bool
    }

    /// `HTTP/1.1 100 Continue`, asking for the body (RFC 9110 section 10.1.1).
    static let continueLine: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"

    /// Appends the response to `buffer`.
    static func write(
        _ response: HTTPResponse, _ framing: Framing, date: String, to buffer: inout ByteBuffer
    ) {
        writeStatusLine(response.status, to: &buffer)
        for field in response.headers.fields where isSendable(field) {
            buffer.writeString(field.name)
            buffer.writeStaticString(": ")
            buffer.writeString(field.value)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("date: ")
        buffer.writeString(date)
        let hasBody = allowsBody(response.status)
        if hasBody {
            buffer.writeStaticString("\r\ncontent-length: ")
            buffer.writeString(String(response.body.count))
        }
        buffer.writeStaticString(connectionField(framing))
        if hasBody && !framing.isHead { buffer.writeBytes(response.body) }
    }

    private static func connectionField(_ framing: Framing) -> StaticString {
        if !framing.keepsAlive { return "\r\nconnection: close\r\n\r\n" }
        return framing.isHTTP10 ? "\r\nconnection: keep-alive\r\n\r\n" : "\r\n\r\n"
    }

    /// 1xx, 204 and 304 end with their head (RFC 9112 section 6.3).
    private static func allowsBody(_ status: Int) -> Bool {
        status >= 200 && status != 204 && status != 304
    }

    /// Fields that the server writes itself are left out, and so are those that would break the framing.
    private static func isSendable(_ field: HTTPHeaderList.Field) -> Bool {
        switch ASCIIText.lowered(field.name) {
        case "content-length", "transfer-encoding", "connection", "keep-alive", "date", "upgrade",
            "":
            false
        default: HTTPFieldRules.isSafe(field.name) && HTTPFieldRules.isSafe(field.value)
        }
    }

    private static func writeStatusLine(_ status: Int, to buffer: inout ByteBuffer) {
        if status == 200 {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
            return
        }
        // Three digits are what the grammar has; a service that answers anything else has lost its way.
        let shown = (200...599).contains(status) ? status : 500
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(String(shown))
        buffer.writeStaticString(" ")
        buffer.writeStaticString(HTTPFieldRules.reasonPhrase(shown))
        buffer.writeStaticString("\r\n")
    }
}
