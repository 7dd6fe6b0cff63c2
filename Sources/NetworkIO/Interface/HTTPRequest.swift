/// A whole HTTP request, body included, of either version.
package struct HTTPRequest: Sendable {
    /// The protocol it came by.
    package enum Version: UInt8, Sendable {
        case http10, http11, http2
    }

    /// The method as sent, such as `GET`.
    package let method: String

    /// Path and query as sent, beginning with `/`; or `*` for a server-wide OPTIONS.
    package let target: String

    /// The header fields, names lower-case. Over HTTP/2 the authority is given as `host`.
    package let headers: HTTPHeaderList

    /// The body, empty when there was none.
    package let body: [UInt8]

    /// Who sent it.
    package let remoteAddress: RemoteAddress

    /// The protocol it came by.
    package let version: Version

    /// The kind of listener it came in through.
    package let listener: ListenerKind

    /// The target up to the query.
    package var path: Substring {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return target[...] }
        return target[..<mark]
    }

    /// What follows the first `?` of the target, or nil.
    package var query: Substring? {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        return target[target.utf8.index(after: mark)...]
    }

    package init(
        method: String, target: String, headers: HTTPHeaderList = [:], body: [UInt8] = [],
        remoteAddress: RemoteAddress = .unknown, version: Version = .http11,
        listener: ListenerKind = .all
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
        self.version = version
        self.listener = listener
    }
}

/// The other end of a connection.
package struct RemoteAddress: Hashable, Sendable {
    /// The address in text, without the port: `127.0.0.1`, `2001:db8::1`, or `unix`.
    package let host: String

    /// The port, 0 where there is none.
    package let port: Int

    /// An address that could not be found out.
    package static let unknown = RemoteAddress(host: "unknown", port: 0)

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}
