/// The first bytes of every client (RFC 9113 section 3.4).
package enum HTTP2Preface {
    /// How the first bytes of a connection compare.
    package enum Match: Sendable {
        case matches
        case differs
        case needsMore
    }

    /// The length of the preface.
    package static let byteCount = 24

    static let bytes = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    /// Compares as many bytes as there are: tells HTTP/2 by prior knowledge from HTTP/1.1 on one port.
    package static func match(_ bytes: Span<UInt8>) -> Match {
        let count = min(bytes.count, byteCount)
        guard bytes.extracting(0..<count).hasSameBytes(as: Self.bytes.span.extracting(0..<count))
        else { return .differs }
        return count == byteCount ? .matches : .needsMore
    }
}
