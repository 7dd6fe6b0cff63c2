import NIOHTTP1

/// The head of an HTTP/1.x request after the checks that NIO's parser leaves to the server: what can't be
/// framed with certainty is refused, because a proxy in front might frame it differently (RFC 9112
/// section 11.2, request smuggling).
struct HTTP1RequestHead {
    let method: String
    let target: String
    let headers: HTTPHeaderList
    let isHTTP10: Bool
    let keepsAlive: Bool

    /// What `content-length` announces; nil when it is absent.
    let contentLength: Int?

    /// Whether the client waits for `100 Continue` before it sends the body.
    let expectsContinue: Bool

    /// How to frame the response.
    var framing: HTTP1ResponseWriter.Framing {
        HTTP1ResponseWriter.Framing(
            isHTTP10: isHTTP10, isHead: method == "HEAD", keepsAlive: keepsAlive)
    }

    init(_ head: HTTPRequestHead) throws(HTTP1Refusal) {
        guard head.version.major == 1 else { throw HTTP1Refusal(.unknownVersion) }
        isHTTP10 = head.version.minor == 0
        method = head.method.rawValue
        target = try Self.originForm(head.uri, method: method)
        var summary = FieldSummary()
        var fields = HTTPHeaderList()
        fields.reserveCapacity(head.headers.count)
        for (name, value) in head.headers {
            let name = ASCIIText.lowered(name)
            let value = ASCIIText.trimmed(value)
            summary.note(name, value)
            fields.append(name, value)
        }
        headers = fields
        try summary.check(isHTTP10: isHTTP10)
        contentLength = try summary.contentLength()
        expectsContinue = summary.expect != nil && !isHTTP10
        // The parser stops behind a message that asks to change the protocol, so that is the last one.
        keepsAlive = head.isKeepAlive && !summary.hasUpgrade && method != "CONNECT"
    }

    /// The path and query of any of the forms of RFC 9112 section 3.2.
    private static func originForm(
        _ uri: String, method: String
    ) throws(HTTP1Refusal) -> String {
        if uri.utf8.first == UInt8(ascii: "/") { return uri }
        if uri == "*" && method == "OPTIONS" { return uri }
        if method == "CONNECT" { return uri }
        for scheme in ["http://", "https://"] where uri.hasPrefix(scheme) {
            let rest = uri.dropFirst(scheme.utf8.count)
            guard let slash = rest.utf8.firstIndex(of: UInt8(ascii: "/")) else { return "/" }
            return String(rest[slash...])
        }
        throw HTTP1Refusal(.malformed("the target must be a path"))
    }
}

/// Why a head was refused.
struct HTTP1Refusal: Error {
    let refusal: FrontRefusal

    init(_ refusal: FrontRefusal) {
        self.refusal = refusal
    }
}

/// The fields that framing depends on, gathered in one pass.
private struct FieldSummary {
    private(set) var expect: String?
    private(set) var hasUpgrade = false
    private var hostCount = 0
    private var contentLengths: [String] = []
    private var transferCoding: String?
    private var transferCodingCount = 0

    mutating func note(_ name: String, _ value: String) {
        switch name {
        case "host": hostCount += 1
        case "content-length": contentLengths.append(value)
        case "transfer-encoding":
            transferCoding = value
            transferCodingCount += 1
        case "expect": expect = value
        case "upgrade": hasUpgrade = true
        default: break
        }
    }

    func check(isHTTP10: Bool) throws(HTTP1Refusal) {
        // RFC 9112 section 3.2: exactly one host field in HTTP/1.1.
        guard hostCount == 1 || (isHTTP10 && hostCount == 0) else {
            throw HTTP1Refusal(.malformed("there must be one host field"))
        }
        if let expect, !isHTTP10,
            !ASCIIText.equalIgnoringCase(expect.utf8, "100-continue".utf8)
        {
            throw HTTP1Refusal(.unknownExpectation)
        }
        guard let transferCoding else { return }
        // RFC 9112 section 6.1.
        guard contentLengths.isEmpty else {
            throw HTTP1Refusal(
                .malformed("content-length and transfer-encoding exclude each other"))
        }
        guard !isHTTP10 else {
            throw HTTP1Refusal(.malformed("HTTP/1.0 has no transfer-encoding"))
        }
        guard transferCodingCount == 1,
            ASCIIText.equalIgnoringCase(transferCoding.utf8, "chunked".utf8)
        else { throw HTTP1Refusal(.unknownTransferCoding) }
    }

    func contentLength() throws(HTTP1Refusal) -> Int? {
        guard let first = contentLengths.first else { return nil }
        guard contentLengths.count == 1, first.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let length = Int(first)
        else { throw HTTP1Refusal(.malformed("content-length must be one decimal number")) }
        return length
    }
}
