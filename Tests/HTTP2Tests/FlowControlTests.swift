import Testing

@testable import HTTP2

/// Windows in both directions (RFC 9113 section 6.9).
@Suite struct FlowControlTests {
    private static let ok = HTTP2HeaderList([(":status", "200")])

    private func data(_ endpoint: Endpoint) -> [Frame] {
        endpoint.takeFrames().filter { $0.type == 0 }
    }

    @Test func theStreamWindowIsKept() {
        let server = Endpoint.server(peerSettings: [(4, 10)])
        server.feed(.headers(1, getFields))
        let stream = HTTP2StreamID(1)
        server.connection.send(head: Self.ok, to: stream)
        server.connection.send(
            data: [UInt8](0..<25).span, to: stream, endsStream: true)
        #expect(data(server) == [.data(1, [UInt8](0..<10))])
        server.feed(.windowUpdate(1, 1))
        #expect(data(server) == [.data(1, [10])])
        server.feed(.windowUpdate(1, 100))
        #expect(data(server) == [.data(1, [UInt8](11..<25), end: true)])
        #expect(server.openStreamCount == 0)
    }

    /// h2spec 6.9.2: SETTINGS may take the window below zero.
    @Test func settingsMoveTheWindowsOfOpenStreams() {
        let server = Endpoint.server(peerSettings: [(4, 3)])
        server.feed(.headers(1, getFields))
        let stream = HTTP2StreamID(1)
        server.connection.send(head: Self.ok, to: stream)
        server.connection.send(data: [UInt8](0..<8).span, to: stream, endsStream: true)
        #expect(data(server) == [.data(1, [0, 1, 2])])
        server.feed(.settings([(4, 2)]))
        server.feed(.windowUpdate(1, 1))
        #expect(data(server).isEmpty, "the window is 0")
        server.feed(.windowUpdate(1, 1))
        #expect(data(server) == [.data(1, [3])])
        server.feed(.settings([(4, 5)]))
        #expect(data(server) == [.data(1, [4, 5, 6])])
        server.feed(.settings([(4, 100), (4, 6)]))
        #expect(data(server) == [.data(1, [7], end: true)])
    }

    @Test func theConnectionWindowIsSharedInTurn() {
        let server = Endpoint.server(peerSettings: [(4, 1 << 20)])
        let body = [UInt8](repeating: 5, count: 60_000)
        for stream: UInt32 in [1, 3, 5] {
            server.feed(.headers(stream, getFields))
            let id = HTTP2StreamID(stream)
            server.connection.send(head: Self.ok, to: id)
            server.connection.send(data: body.span, to: id, endsStream: true)
        }
        let first = data(server)
        #expect(first.map(\.payload.count).reduce(0, +) == 65_535)
        server.feed(.windowUpdate(0, 4 * 16_384))
        let second = data(server)
        #expect(second.map(\.stream) == [3, 5, 3, 5] || second.map(\.stream) == [5, 3, 5, 3])
        server.feed(.windowUpdate(0, 1 << 20))
        let all = first + second + data(server)
        for stream: UInt32 in [1, 3, 5] {
            let frames = all.filter { $0.stream == stream }
            #expect(frames.flatMap(\.payload) == body)
            #expect(frames.filter(\.endsStream).count == 1 && frames.last?.endsStream == true)
        }
        #expect(server.openStreamCount == 0)
    }

    @Test func trailersWaitBehindTheData() {
        let server = Endpoint.server(peerSettings: [(4, 4)])
        let trailers = HTTP2HeaderList([("x-sum", "1")])
        for (stream, isBlock) in [(UInt32(1), true), (3, false)] {
            server.feed(.headers(stream, getFields))
            let id = HTTP2StreamID(stream)
            server.connection.send(head: Self.ok, to: id)
            server.connection.send(prefix: [1].span, data: [2, 3, 4, 5].span, to: id)
            let outcome =
                isBlock
                ? server.connection.send(trailers: HTTP2HeaderBlock(trailers), to: id)
                : server.connection.send(trailers: trailers, to: id)
            #expect(outcome == .queued)
            let more = server.connection.send(data: [1].span, to: id)
            #expect(more == .streamClosed, "nothing may follow trailers")
            #expect(server.takeFrames().filter { $0.type == 1 }.count == 1)
            server.feed(.windowUpdate(stream, 1))
            let frames = server.takeFrames()
            #expect(frames.map(\.type) == [0, 1] && frames[0] == .data(stream, [5]))
            #expect(frames[1].endsStream)
        }
    }

    @Test func framesKeepToThePeersSize() {
        let server = Endpoint.server(peerSettings: [(4, 1 << 24)])
        server.feed(.windowUpdate(0, 1 << 24), .headers(1, getFields))
        let body = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let stream = HTTP2StreamID(1)
        let big = (0..<3_000).map { ("x-\($0)", "value \($0)") }
        server.connection.send(
            head: HTTP2HeaderList([(":status", "200")] + big), to: stream)
        server.connection.send(
            prefix: [1, 2, 3, 4, 5].span, data: body.span, to: stream, endsStream: true)
        let frames = server.takeFrames()
        #expect(frames.allSatisfy { $0.payload.count <= 16_384 })
        #expect(frames.filter { $0.type == 0 }.flatMap(\.payload) == [1, 2, 3, 4, 5] + body)
        let headers = frames.filter { $0.type == 1 || $0.type == 9 }
        #expect(headers.count > 2 && headers.dropLast().allSatisfy { $0.flags & 4 == 0 })
        #expect(headers.last?.flags == 4)
        let block = headers.flatMap(\.payload)
        var decoder = HPACKDecoder()
        var list = HTTP2HeaderList()
        _ = try? decoder.decode(block.span, into: &list)
        #expect(list == HTTP2HeaderList([(":status", "200")] + big))
    }

    @Test func smallBodiesCostNoWindowUpdate() {
        let server = Endpoint.server()
        for stream in stride(from: UInt32(1), to: 201, by: 2) {
            server.feed(.headers(stream, postFields, end: false))
            server.feed(.data(stream, [UInt8](repeating: 1, count: 1_000), end: true))
        }
        #expect(server.takeFrames().isEmpty)
        #expect(server.takeMessages().count == 100)
    }

    /// Bodies past the first window take turns at the places for large ones.
    @Test func largeBodiesTakeTurns() {
        var limits = HTTP2Limits()
        limits.largeBodyCountMax = 1
        limits.largeStreamWindowBytes = 100_000
        let server = Endpoint.server(limits: limits)
        let piece = [UInt8](repeating: 3, count: 16_000)
        for stream: UInt32 in [1, 3] {
            server.feed(.headers(stream, postFields, end: false))
            for _ in 0..<4 { server.feed(.data(stream, piece)) }
        }
        let granted = server.takeFrames()
        #expect(granted.map(\.stream) == [1] && granted.first?.type == 8)
        for _ in 0..<20 { server.feed(.data(1, piece)) }
        #expect(server.failure == nil)
        let further = server.takeFrames()
        #expect(!further.isEmpty && further.allSatisfy { $0.stream == 1 && $0.type == 8 })
        server.feed(.data(1, [], end: true))
        #expect(server.takeFrames().map(\.stream) == [3], "its turn")
        for _ in 0..<4 { server.feed(.data(3, piece)) }
        server.feed(.data(3, [], end: true))
        #expect(server.takeMessages().map(\.body.count) == [24 * 16_000, 8 * 16_000])
        // A stream that does not wait for its turn is reset.
        server.feed(.headers(5, postFields, end: false))
        for _ in 0..<4 { server.feed(.data(5, piece)) }
        server.feed(.headers(7, postFields, end: false))
        _ = server.takeFrames()
        for _ in 0..<5 { server.feed(.data(7, piece)) }
        #expect(server.takeFrames() == [.reset(7, 3)])
    }

    @Test func consumedBytesAreGivenBack() {
        var limits = HTTP2Limits()
        limits.streamWindowBytes = 100
        limits.connectionWindowBytes = 65_535
        let server = Endpoint.server(
            limits: limits, delivery: DeliveryRules(standard: .incremental))
        server.feed(.headers(1, postFields, end: false))
        server.feed(.data(1, [UInt8](repeating: 1, count: 100)))
        #expect(server.takeFrames().isEmpty)
        let stream = HTTP2StreamID(1)
        server.connection.bodyConsumed(stream, byteCount: 49)
        #expect(server.takeFrames().isEmpty)
        server.connection.bodyConsumed(stream, byteCount: 1)
        #expect(server.takeFrames() == [.windowUpdate(1, 50)])
        server.feed(.data(1, [UInt8](repeating: 1, count: 51)))
        #expect(server.takeFrames() == [.reset(1, 3)])
    }

    /// A connection window below the protocol's first one, and data that nobody reads: it is counted all the
    /// same, and given back once the window has shrunk.
    @Test func dataForResetStreamsIsGivenBackToTheConnection() {
        var limits = HTTP2Limits()
        limits.connectionWindowBytes = 10_000
        let server = Endpoint.server(limits: limits)
        server.feed(.headers(1, postFields, end: false))
        server.connection.reset(HTTP2StreamID(1), .cancel)
        _ = server.takeFrames()
        for _ in 0..<3 { server.feed(.data(1, [UInt8](repeating: 1, count: 16_384))) }
        server.feed(.data(1, [UInt8](repeating: 1, count: 65_535 - 3 * 16_384 - 5_001)))
        #expect(server.takeFrames().isEmpty)
        server.feed(.data(1, [1]))
        #expect(server.takeFrames() == [.windowUpdate(0, 5_000)])
        server.feed(.data(1, [UInt8](repeating: 1, count: 10_000)))
        #expect(server.takeFrames() == [.windowUpdate(0, 10_000)])
        server.feed(.data(1, [UInt8](repeating: 1, count: 10_001)))
        #expect(server.failure?.reason == .windowExceeded)
    }

    /// Bodies sent before our smaller window was known must go on behind it.
    @Test(arguments: [BodyDelivery.whole, .incremental], [false, true])
    func bodiesGoOnBehindASmallerWindow(delivery: BodyDelivery, isConsumedBefore: Bool) {
        var limits = HTTP2Limits()
        limits.streamWindowBytes = 100
        let server = Endpoint(limits: limits, delivery: DeliveryRules(standard: delivery))
        let stream = HTTP2StreamID(1)
        server.feed(Frame.preface)
        server.feed(.settings(), .headers(1, postFields, end: false))
        server.feed(.data(1, [UInt8](repeating: 1, count: 1_000)))
        if isConsumedBefore { server.connection.bodyConsumed(stream, byteCount: 1_000) }
        _ = server.takeFrames()
        server.feed(.settingsAck)
        if !isConsumedBefore { server.connection.bodyConsumed(stream, byteCount: 1_000) }
        let granted = server.takeFrames().filter { $0.stream == 1 && $0.type == 8 }
        // WINDOW_UPDATE has its increment where RST_STREAM has its code.
        let increment = granted.map { Int($0.code.rawValue) }.reduce(0, +)
        let window = delivery == .whole ? limits.largeStreamWindowBytes : 100
        #expect(increment == 900 + window)
    }

    /// Until our smaller window is acknowledged, the peer may use the protocol's first one.
    @Test func aSmallerWindowCountsFromItsAcknowledgement() {
        var limits = HTTP2Limits()
        limits.streamWindowBytes = 100
        let server = Endpoint(limits: limits, delivery: DeliveryRules(standard: .incremental))
        server.feed(Frame.preface)
        server.feed(.settings(), .headers(1, postFields, end: false))
        server.feed(.data(1, [UInt8](repeating: 1, count: 1_000)), .settingsAck)
        #expect(server.takeFrames().allSatisfy { $0.type != 3 })
        let stream = HTTP2StreamID(1)
        server.connection.bodyConsumed(stream, byteCount: 1_000)
        // The peer's window went from 64,535 to -900; it comes back to 100.
        #expect(server.takeFrames().filter { $0.stream == 1 } == [.windowUpdate(1, 1_000)])
        server.feed(.data(1, [UInt8](repeating: 1, count: 100)))
        #expect(server.takeFrames().isEmpty)
        server.feed(.data(1, [1]))
        #expect(server.takeFrames() == [.reset(1, 3)])
    }
}
