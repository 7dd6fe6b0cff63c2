/// A host and a port to listen on.
package struct SocketEndpoint: Sendable, Equatable, CustomStringConvertible {
    package let host: String
    /// 0 lets the system choose.
    package let port: UInt16

    package init(_ host: String, _ port: UInt16) {
        self.host = host
        self.port = port
    }

    /// `host:port`, `[v6]:port` or `:port` for every address.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        self.init(host.isEmpty ? "0.0.0.0" : String(host), port)
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

extension ConfigurationReader {
    /// An address to listen on; `off` is nil.
    mutating func endpoint(_ key: String, default fallback: SocketEndpoint) -> SocketEndpoint? {
        let parsed = parse(key, as: "host:port, or off") { text -> SocketEndpoint?? in
            text == "off" ? .some(nil) : SocketEndpoint(text).map { .some($0) }
        }
        return parsed ?? fallback
    }
}
