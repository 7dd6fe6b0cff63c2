import Bytes
import Testing

@testable import HTTP2

/// The rules that a peer can break, one frame each: what h2spec asks, and more.
@Suite struct ConformanceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let code: HTTP2ErrorCode
        let frames: [Frame]
        var testDescription: String { name }
    }

    private static func padded(_ type: UInt8, _ flags: UInt8, _ payload: [UInt8]) -> Frame {
        Frame(type: type, flags: flags | 8, stream: 1, payload: payload)
    }

    static let connectionErrors: [Case] = [
        Case(
            name: "frame too large", code: .frameSizeError,
            frames: [
                .headers(1, postFields, end: false), .data(1, [UInt8](repeating: 0, count: 16_385)),
            ]),
        Case(name: "DATA on stream 0", code: .protocolError, frames: [.data(0, [1])]),
        Case(name: "HEADERS on stream 0", code: .protocolError, frames: [.headers(0, getFields)]),
        Case(name: "PRIORITY on stream 0", code: .protocolError, frames: [.priority(0)]),
        Case(name: "RST_STREAM on stream 0", code: .protocolError, frames: [.reset(0)]),
        Case(
            name: "SETTINGS on stream 1", code: .protocolError, frames: [Frame(type: 4, stream: 1)]),
        Case(
            name: "PING on stream 1", code: .protocolError,
            frames: [Frame(type: 6, stream: 1, payload: [UInt8](repeating: 0, count: 8))]),
        Case(
            name: "GOAWAY on stream 1", code: .protocolError,
            frames: [Frame(type: 7, stream: 1, payload: [UInt8](repeating: 0, count: 8))]),
        Case(name: "even stream", code: .protocolError, frames: [.headers(2, getFields)]),
        Case(
            name: "lower stream", code: .protocolError,
            frames: [.headers(5, getFields), .headers(3, getFields)]),
        Case(
            name: "RST_STREAM of 3 bytes", code: .frameSizeError,
            frames: [.headers(1, getFields), Frame(type: 3, stream: 1, payload: [0, 0, 0])]),
        Case(
            name: "SETTINGS of 3 bytes", code: .frameSizeError,
            frames: [Frame(type: 4, payload: [0, 1, 0])]),
        Case(
            name: "SETTINGS ACK with payload", code: .frameSizeError,
            frames: [Frame(type: 4, flags: 1, payload: [0, 1, 0, 0, 0, 0])]),
        Case(name: "ENABLE_PUSH 2", code: .protocolError, frames: [.settings([(2, 2)])]),
        Case(
            name: "INITIAL_WINDOW_SIZE 2^31", code: .flowControlError,
            frames: [.settings([(4, 1 << 31)])]),
        Case(
            name: "MAX_FRAME_SIZE 16383", code: .protocolError, frames: [.settings([(5, 16_383)])]),
        Case(
            name: "MAX_FRAME_SIZE 2^24", code: .protocolError, frames: [.settings([(5, 1 << 24)])]),
        Case(
            name: "PING of 7 bytes", code: .frameSizeError,
            frames: [.ping([1, 2, 3, 4, 5, 6, 7])]),
        Case(
            name: "GOAWAY of 7 bytes", code: .frameSizeError,
            frames: [Frame(type: 7, payload: [0, 0, 0, 0, 0, 0, 0])]),
        Case(
            name: "WINDOW_UPDATE of 3 bytes", code: .frameSizeError,
            frames: [Frame(type: 8, payload: [0, 0, 1])]),
        Case(name: "WINDOW_UPDATE 0", code: .protocolError, frames: [.windowUpdate(0, 0)]),
        Case(
            name: "connection window overflow", code: .flowControlError,
            frames: [.windowUpdate(0, 0x7fff_ffff)]),
        Case(
            name: "window overflow by SETTINGS", code: .flowControlError,
            frames: [
                .headers(1, getFields), .windowUpdate(1, 0x7fff_ffff - 65_535),
                .settings([(4, 65_536)]),
            ]),
        Case(name: "CONTINUATION alone", code: .protocolError, frames: [.continuation(1, [])]),
        Case(
            name: "CONTINUATION after the end", code: .protocolError,
            frames: [.headers(1, getFields), .continuation(1, [])]),
        Case(
            name: "DATA inside a block", code: .protocolError,
            frames: [.headers(1, getFields, endHeaders: false), .data(1, [])]),
        Case(
            name: "other stream inside a block", code: .protocolError,
            frames: [.headers(1, getFields, endHeaders: false), .headers(3, getFields)]),
        Case(
            name: "CONTINUATION of another stream", code: .protocolError,
            frames: [.headers(1, getFields, endHeaders: false), .continuation(3, [])]),
        Case(
            name: "unknown frame inside a block", code: .protocolError,
            frames: [.headers(1, getFields, endHeaders: false), Frame(type: 0x42, stream: 1)]),
        Case(
            name: "DATA padding too long", code: .protocolError,
            frames: [.headers(1, postFields, end: false), padded(0, 0, [3, 1, 2])]),
        Case(
            name: "DATA padding without its length", code: .frameSizeError,
            frames: [.headers(1, postFields, end: false), padded(0, 0, [])]),
        Case(
            name: "HEADERS padding too long", code: .protocolError,
            frames: [padded(1, 5, [200] + Frame.block(getFields))]),
        Case(
            name: "HEADERS priority cut", code: .frameSizeError,
            frames: [Frame(type: 1, flags: 0x25, stream: 1, payload: [0, 0, 0])]),
        Case(
            name: "invalid index", code: .compressionError,
            frames: [Frame(type: 1, flags: 5, stream: 1, payload: [0x80])]),
        Case(
            name: "cut block", code: .compressionError,
            frames: [Frame(type: 1, flags: 5, stream: 1, payload: [0x40, 0x05, 0x61])]),
        Case(
            name: "late table size update", code: .compressionError,
            frames: [Frame(type: 1, flags: 5, stream: 1, payload: [0x82, 0x20])]),
        Case(
            name: "table size above the limit", code: .compressionError,
            frames: [Frame(type: 1, flags: 5, stream: 1, payload: [0x3f, 0xe2, 0x1f])]),
        Case(
            name: "window of the connection exceeded", code: .flowControlError,
            frames: [.headers(1, postFields, end: false)]
                + (0..<5).map { _ in
                    .data(1, [UInt8](repeating: 0, count: 16_384))
                }),
        Case(
            name: "PRIORITY on itself while idle", code: .protocolError,
            frames: [.priority(7, on: 7)]),
        Case(
            name: "PRIORITY of 4 bytes while idle", code: .frameSizeError,
            frames: [Frame(type: 2, stream: 1, payload: [0, 0, 0, 0])]),
    ]

    @Test(arguments: connectionErrors)
    func connectionEnds(with broken: Case) {
        var limits = HTTP2Limits()
        limits.connectionWindowBytes = 65_535
        limits.streamWindowBytes = 1 << 20
        limits.largeStreamWindowBytes = 1 << 20
        limits.bodyByteCountMax = 1 << 20
        let server = Endpoint.server(
            limits: limits, delivery: DeliveryRules(standard: .incremental))
        server.feed(broken.frames.flatMap(\.bytes))
        #expect(server.failure?.code == broken.code)
        let frames = server.takeFrames()
        #expect(frames.last?.type == 7 && frames.last?.code == broken.code)
        #expect(server.isFinished)
        server.feed(.headers(9, getFields))
        #expect(server.unreadByteCount == 0 && server.takeFrames().isEmpty)
    }

    static let streamErrors: [Case] = [
        Case(
            name: "stream WINDOW_UPDATE 0", code: .protocolError,
            frames: [.headers(1, postFields, end: false), .windowUpdate(1, 0)]),
        Case(
            name: "stream window overflow", code: .flowControlError,
            frames: [.headers(1, postFields, end: false), .windowUpdate(1, 0x7fff_ffff)]),
        Case(
            name: "PRIORITY of 4 bytes", code: .frameSizeError,
            frames: [
                .headers(1, postFields, end: false),
                Frame(type: 2, stream: 1, payload: [0, 0, 0, 0]),
            ]),
        Case(
            name: "PRIORITY on itself", code: .protocolError,
            frames: [.headers(1, postFields, end: false), .priority(1, on: 1)]),
        Case(
            name: "HEADERS on itself", code: .protocolError,
            frames: [
                Frame(
                    type: 1, flags: 0x25, stream: 1,
                    payload: [0, 0, 0, 1, 5] + Frame.block(getFields))
            ]),
        Case(
            name: "second head", code: .protocolError,
            frames: [.headers(1, postFields, end: false), .headers(1, getFields, end: false)]),
        Case(
            name: "pseudo-header in trailers", code: .protocolError,
            frames: [.headers(1, postFields, end: false), .headers(1, getFields)]),
        Case(
            name: "body shorter than content-length", code: .protocolError,
            frames: [
                .headers(1, postFields + [("content-length", "4")], end: false),
                .data(1, [1, 2, 3], end: true),
            ]),
        Case(
            name: "body longer than content-length", code: .protocolError,
            frames: [
                .headers(1, postFields + [("content-length", "4")], end: false),
                .data(1, [1, 2, 3]), .data(1, [1, 2, 3], end: true),
            ]),
        Case(
            name: "content-length without body", code: .protocolError,
            frames: [.headers(1, postFields + [("content-length", "4")])]),
        Case(
            name: "content-length and trailers", code: .protocolError,
            frames: [
                .headers(1, postFields + [("content-length", "4")], end: false), .headers(1, []),
            ]),
    ]

    @Test(arguments: streamErrors)
    func streamEnds(with broken: Case) {
        let server = Endpoint.server()
        server.feed(broken.frames.flatMap(\.bytes))
        let frames = server.takeFrames()
        #expect(frames.contains { $0.type == 3 && $0.stream == 1 && $0.code == broken.code })
        #expect(server.failure == nil && server.takeMessages().isEmpty)
        server.feed(.headers(3, getFields))
        #expect(server.takeMessages().count == 1)
    }

    @Test(arguments: [
        [], Array(getFields.dropFirst()), [getFields[0]] + getFields.dropFirst(2),
        Array(getFields[0...1]) + [getFields[3]], getFields + [(":method", "GET")],
        getFields + [(":status", "200")], getFields + [(":unknown", "x")],
        [getFields[0], ("x", "y")] + getFields.dropFirst(), getFields + [("X-Upper", "1")],
        getFields + [("", "1")], getFields + [("a b", "1")], getFields + [("a:b", "1")],
        getFields + [("a\u{7f}", "1")], getFields + [("a", "x\u{0}")], getFields + [("a", "x\r")],
        getFields + [("a", "x\ny")], getFields + [("a", " x")], getFields + [("a", "x\t")],
        getFields + [("connection", "close")], getFields + [("keep-alive", "1")],
        getFields + [("proxy-connection", "x")], getFields + [("transfer-encoding", "chunked")],
        getFields + [("upgrade", "h2c")], getFields + [("te", "gzip")],
        getFields + [("te", "trailers, deflate")], getFields + [("content-length", "x")],
        getFields + [("content-length", "-1")], getFields + [("content-length", "")],
        getFields + [("content-length", "0"), ("content-length", "1")],
        getFields + [("content-length", "9999999999999999999")],
        [getFields[0], getFields[1], (":path", ""), getFields[3]],
        [getFields[0], getFields[1], (":path", "index"), getFields[3]],
        [getFields[0], getFields[1], (":path", "*"), getFields[3]],
        [(":method", "CONNECT"), (":path", "/"), (":scheme", "http"), (":authority", "a:1")],
        [(":method", "CONNECT")],
    ])
    func malformedRequestsAreRefused(fields: [(String, String)]) {
        let server = Endpoint.server()
        server.feed(.headers(1, fields))
        #expect(server.takeFrames() == [.reset(1, 1)])
        #expect(server.takeEvents().isEmpty)
        server.feed(.headers(3, getFields))
        #expect(server.takeMessages().count == 1)
    }

    @Test(arguments: [
        getFields, getFields + [("te", "trailers")], getFields + [("content-length", "0")],
        getFields + [("content-length", "0"), ("content-length", "0")],
        Array(getFields.dropLast()), getFields + [("a", "")], getFields + [("a", "b c\td\u{e9}")],
        [(":method", "OPTIONS"), (":scheme", "http"), (":path", "*")],
        [(":method", "CONNECT"), (":authority", "a:1")],
        [(":path", "/"), (":authority", "a"), (":method", "GET"), (":scheme", "https")],
        getFields + [("cookie", "a=b"), ("cookie", "c=d")], getFields + [("!#$%&'*+-.^_`|~0", "1")],
    ])
    func wellFormedRequestsAreDelivered(fields: [(String, String)]) throws {
        let server = Endpoint.server()
        server.feed(.headers(1, fields))
        let messages = server.takeMessages()
        #expect(messages.count == 1)
        let head = try #require(messages.first).head
        #expect(head.fields == HTTP2HeaderList(fields))
        #expect(Array(head.method) == Array((fields.first { $0.0 == ":method" }?.1 ?? "").utf8))
        #expect(Array(head.path) == Array((fields.first { $0.0 == ":path" }?.1 ?? "").utf8))
        #expect(server.takeFrames().isEmpty)
    }

    @Test func paddingPriorityTrailersAndContinuationsAreUnderstood() throws {
        let server = Endpoint.server()
        let block = Frame.block(postFields)
        let head = Frame(
            type: 1, flags: 0x28, stream: 1,
            payload: [3, 0x80, 0, 0, 0, 9] + block.prefix(10) + [0, 0, 0])
        server.feed(head, .continuation(1, Array(block[10..<30]), end: false))
        server.feed(.continuation(1, [], end: false), .continuation(1, Array(block[30...])))
        server.feed(Frame(type: 0, flags: 8, stream: 1, payload: [2, 7, 8, 9, 0, 0]))
        server.feed(.data(1, []), .data(1, [10]), .headers(1, [("x-check", "sum")]))
        let message = try #require(server.takeMessages().first)
        #expect(message.head.fields == HTTP2HeaderList(postFields))
        #expect(message.body == [7, 8, 9, 10])
        #expect(message.trailers == HTTP2HeaderList([("x-check", "sum")]))
        #expect(server.takeFrames().isEmpty)
    }

    @Test(arguments: ["PRI * HTTP/1.1\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "X"])
    func aWrongPrefaceEndsTheConnection(text: String) {
        let server = Endpoint()
        server.feed(Array(text.utf8))
        #expect(server.failure == HTTP2ConnectionError(code: .protocolError, reason: .badPreface))
    }

    @Test func theFirstFrameMustBeSettings() {
        for frame in [Frame.ping(), .settingsAck, .headers(1, getFields), .windowUpdate(0, 1)] {
            let server = Endpoint()
            server.feed(Frame.preface)
            server.feed(frame)
            #expect(server.failure?.reason == .firstFrameNotSettings)
        }
    }

    /// Trailers under way when their stream was reset, so long ago that it is forgotten.
    @Test func framesForForgottenStreamsAreIgnored() {
        let server = Endpoint.server()
        server.feed(.headers(1, postFields, end: false))
        server.connection.reset(HTTP2StreamID(1), .cancel)
        server.feed(.headers(513, getFields))
        server.connection.reset(HTTP2StreamID(513), .cancel)
        server.feed(.headers(1, [("x", "y")]), .headers(515, getFields))
        #expect(server.failure == nil && server.takeMessages().count == 2)
        server.feed(.headers(3, getFields))
        #expect(server.failure == nil, "512 behind")
        server.feed(.headers(5, getFields))
        #expect(server.failure?.reason == .streamIDNotIncreasing)
    }

    @Test func settingsAndPingsAreAnsweredInOrder() {
        let server = Endpoint.server()
        server.feed(
            .ping(), .settings([(3, 100), (0x99, 7), (6, 1)]), .ping([9, 9, 9, 9, 9, 9, 9, 9]))
        #expect(
            server.takeFrames() == [
                .ping(ack: true), .settingsAck, .ping([9, 9, 9, 9, 9, 9, 9, 9], ack: true),
            ])
    }

    @Test func theServerAnnouncesItsLimits() {
        let server = Endpoint()
        let frames = server.takeFrames()
        #expect(frames.count == 2)
        #expect(frames[0] == .settings([(6, 16_384), (3, 256)]))
        #expect(frames[1] == .windowUpdate(0, (1 << 24) - 65_535))
    }

    @Test func reservedBitsAreIgnored() {
        let server = Endpoint.server()
        var frame = Frame.headers(1, getFields)
        frame.stream |= 1 << 31
        frame.flags |= 0x40
        server.feed(frame, .windowUpdate(0, 0x8000_0001))
        #expect(server.takeMessages().count == 1 && server.failure == nil)
    }
}
