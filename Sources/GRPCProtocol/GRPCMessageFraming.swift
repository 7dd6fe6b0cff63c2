/// The five bytes before each message (PROTOCOL-HTTP2.md, "Length-Prefixed-Message"): one flag, set when
/// the message is compressed, and the length.
enum GRPCFrameHeader {
    static let byteCount = 5

    /// The framing of an uncompressed message.
    static func bytes(messageByteCount: Int) -> [5 of UInt8] {
        let count = UInt32(messageByteCount)
        return [
            0, UInt8(truncatingIfNeeded: count >> 24), UInt8(truncatingIfNeeded: count >> 16),
            UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count),
        ]
    }

    /// The length of the message behind the framing at the start of `bytes`, which has at least five.
    /// Throws when the flag is none, the message is compressed (`encoding` says how, as far as the call's
    /// head did), or too large.
    static func parse(
        _ bytes: Span<UInt8>, encoding: GRPCEncoding, messageByteCountMax: Int
    ) throws(GRPCStatus) -> Int {
        switch bytes[0] {
        case 0: break
        case 1: throw encoding.refusal
        default:
            throw GRPCStatus(.internal, "message flag is neither 0 nor 1")
        }
        let count =
            Int(bytes[1]) << 24 | Int(bytes[2]) << 16 | Int(bytes[3]) << 8 | Int(bytes[4])
        guard count <= messageByteCountMax else {
            throw GRPCStatus(
                .resourceExhausted,
                "message of \(count) bytes; at most \(messageByteCountMax) are accepted")
        }
        return count
    }
}

/// What `grpc-encoding` said. Only `identity` is spoken here, which every client can speak
/// (grpc/doc/compression.md).
package enum GRPCEncoding: Sendable, Hashable {
    case identity

    /// A codec that is not supported, by its name on the wire.
    case unsupported(String)

    /// The encodings accepted here, for `grpc-accept-encoding`.
    package static let accepted = "identity"

    init(headerValue: ArraySlice<UInt8>?) {
        guard let headerValue, !headerValue.elementsEqual("identity".utf8) else {
            self = .identity
            return
        }
        // Names are short; what a hostile one holds beyond that is not repeated.
        self = .unsupported(String(decoding: headerValue.prefix(32), as: UTF8.self))
    }

    /// The answer to a message whose compressed flag is set.
    var refusal: GRPCStatus {
        switch self {
        case .identity:
            GRPCStatus(.internal, "message is compressed but grpc-encoding names no codec")
        case .unsupported(let name):
            GRPCStatus(
                .unimplemented,
                "message encoding \(name) is not supported; use \(Self.accepted)")
        }
    }
}

/// Puts the pieces of a body together to messages: for streams, and for answers on the client.
package struct GRPCMessageReader: Sendable {
    private let encoding: GRPCEncoding
    private let messageByteCountMax: Int
    private var buffer: [UInt8] = []
    private var offset = 0

    /// A reader for a body in `encoding`.
    package init(encoding: GRPCEncoding = .identity, limits: GRPCLimits = GRPCLimits()) {
        self.encoding = encoding
        messageByteCountMax = limits.messageByteCountMax
    }

    /// Adds a piece. The buffer holds at most one message and the rest of a piece as long as
    /// `nextMessage` is called until it returns nil after each piece.
    package mutating func append(_ bytes: [UInt8]) {
        if offset == buffer.count {
            buffer = bytes
            offset = 0
            return
        }
        buffer.removeFirst(offset)
        offset = 0
        buffer += bytes
    }

    /// The next whole message; nil when it is not there yet.
    package mutating func nextMessage() throws(GRPCStatus) -> [UInt8]? {
        guard let byteCount = try nextByteCount() else { return nil }
        let start = offset + GRPCFrameHeader.byteCount
        let end = start + byteCount
        offset = end
        return Array(buffer[start..<end])
    }

    /// The length of the next message when all of it is there.
    private func nextByteCount() throws(GRPCStatus) -> Int? {
        let rest = buffer.span.extracting(offset..<buffer.count)
        guard rest.count >= GRPCFrameHeader.byteCount else { return nil }
        let byteCount = try GRPCFrameHeader.parse(
            rest, encoding: encoding, messageByteCountMax: messageByteCountMax)
        return rest.count - GRPCFrameHeader.byteCount >= byteCount ? byteCount : nil
    }

    /// Checks that the body did not end inside a message.
    package func finish() throws(GRPCStatus) {
        guard offset == buffer.count else {
            throw GRPCStatus(.internal, "the stream ended inside a message")
        }
    }
}
