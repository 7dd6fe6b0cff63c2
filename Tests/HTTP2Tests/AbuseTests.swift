import Testing

@testable import HTTP2

/// One test for each limit of `HTTP2Limits`: it holds, and what is just within it works.
@Suite struct AbuseTests {
    private static func limits(_ change: (inout HTTP2Limits) -> Void) -> HTTP2Limits {
        var limits = HTTP2Limits()
        change(&limits)
        return limits
    }

    private static let few = RateBound(burst: 5, perSecond: 1)

    /// Feeds what `frames` makes for 0, 1, 2…: the fifth is accepted, the sixth is one too many; a second
    /// later there is room for one more.
    private func expectFlood(
        _ fault: HTTP2Fault, _ change: @escaping (inout HTTP2Limits) -> Void,
        _ frames: (UInt32) -> [Frame]
    ) {
        for pause: UInt64 in [0, 1_000_000_000] {
            let server = Endpoint.server(limits: Self.limits(change))
            server.now += 10_000_000_000
            for index in 0..<5 {
                server.feed(frames(UInt32(index)).flatMap(\.bytes))
                #expect(server.failure == nil)
            }
            server.now += pause
            server.feed(frames(5).flatMap(\.bytes))
            #expect((server.failure == nil) == (pause > 0))
            server.feed(frames(6).flatMap(\.bytes))
            #expect(
                server.failure == HTTP2ConnectionError(code: .enhanceYourCalm, reason: fault))
        }
    }

    @Test func rapidReset() {
        expectFlood(.resetFlood, { $0.resets = Self.few }) {
            [.headers(2 * $0 + 1, getFields), .reset(2 * $0 + 1)]
        }
    }

    /// The peer makes the server reset its streams (CVE-2025-8671).
    @Test func resetsProvokedByErrors() {
        expectFlood(.resetFlood, { $0.resets = Self.few }) {
            [.headers(2 * $0 + 1, getFields), .windowUpdate(2 * $0 + 1, 0)]
        }
        expectFlood(.resetFlood, { $0.resets = Self.few }) { [.headers(2 * $0 + 1, [])] }
    }

    @Test func pings() {
        expectFlood(.pingFlood, { $0.pings = Self.few }) { _ in [.ping()] }
    }

    @Test func settings() {
        // One of the five is the handshake's, ten seconds earlier.
        expectFlood(.settingsFlood, { $0.settings = Self.few }) { _ in [.settings()] }
    }

    @Test func emptyDataFrames() {
        expectFlood(.emptyFrameFlood, { $0.emptyFrames = Self.few }) {
            $0 == 0 ? [.headers(1, postFields, end: false), .data(1, [])] : [.data(1, [])]
        }
    }

    @Test func framesThatChangeNothing() {
        expectFlood(.idleFrameFlood, { $0.idleFrames = Self.few }) { _ in [.priority(3)] }
        expectFlood(.idleFrameFlood, { $0.idleFrames = Self.few }) { _ in [Frame(type: 99)] }
        expectFlood(.idleFrameFlood, { $0.idleFrames = Self.few }) {
            $0 == 0
                ? [.headers(1, postFields), .reset(1), .windowUpdate(1, 1)] : [.windowUpdate(1, 1)]
        }
    }

    @Test func continuationCount() {
        let limits = Self.limits { $0.continuationCountMax = 4 }
        for count in [4, 5] {
            let server = Endpoint.server(limits: limits)
            server.feed(.headers(1, getFields, endHeaders: false))
            for index in 1...count { server.feed(.continuation(1, [], end: index == count)) }
            #expect((server.failure?.reason == .continuationFlood) == (count == 5))
            #expect(server.takeMessages().count == (count == 5 ? 0 : 1))
        }
    }

    @Test func headerBlockSize() {
        let limits = Self.limits {
            $0.headerBlockByteCountMax = 200
            $0.headerListByteCountMax = 10_000
        }
        let base = Frame.block(getFields).count + 4
        for extra in [200 - base, 201 - base] {
            let fields = getFields + [("x", String(repeating: "y", count: extra))]
            for cut in [0, 100] {
                let server = Endpoint.server(limits: limits)
                let block = Frame.block(fields)
                if cut == 0 {
                    server.feed(.headers(1, fields))
                } else {
                    server.feed(Frame(type: 1, flags: 1, stream: 1, payload: Array(block[..<cut])))
                    server.feed(.continuation(1, Array(block[cut...])))
                }
                let isTooLarge = block.count > 200
                #expect((server.failure?.reason == .headerBlockTooLarge) == isTooLarge)
                #expect(server.takeMessages().count == (isTooLarge ? 0 : 1))
            }
        }
    }

    @Test func headerListSizeIsAnsweredWith431() {
        let limits = Self.limits { $0.headerListByteCountMax = 300 }
        let size = HTTP2HeaderList(getFields).listByteCount + 33
        for excess in [0, 1] {
            let server = Endpoint.server(limits: limits)
            let value = String(repeating: "y", count: 300 - size + excess)
            server.feed(.headers(1, getFields + [("x", value)], end: false))
            let frames = server.takeFrames()
            if excess == 0 {
                #expect(frames.isEmpty && server.openStreamCount == 1)
            } else {
                #expect(frames.count == 2)
                #expect(frames[0].type == 1 && frames[0].endsStream)
                #expect(frames[1] == .reset(1, 0))
                #expect(server.openStreamCount == 0)
            }
            server.feed(.headers(3, getFields))
            #expect(server.takeMessages().count == 1)
        }
    }

    @Test func concurrentStreams() {
        let limits = Self.limits { $0.concurrentStreamCountMax = 3 }
        let server = Endpoint.server(limits: limits)
        for stream: UInt32 in [1, 3, 5, 7] { server.feed(.headers(stream, getFields)) }
        #expect(server.takeFrames() == [.reset(7, 7)])
        #expect(server.takeMessages().map(\.streamID.rawValue) == [1, 3, 5])
        server.connection.send(
            head: HTTP2HeaderList([(":status", "204")]), to: HTTP2StreamID(3), endsStream: true)
        server.feed(.headers(9, getFields))
        #expect(server.takeMessages().count == 1)
    }

    @Test func bodySize() throws {
        let limits = Self.limits { $0.bodyByteCountMax = 100 }
        let bytes = [UInt8](repeating: 1, count: 50)
        let server = Endpoint.server(limits: limits)
        server.feed(
            .headers(1, postFields, end: false), .data(1, bytes), .data(1, bytes, end: true))
        #expect(server.takeMessages().first?.body == bytes + bytes)
        server.feed(.headers(3, postFields, end: false), .data(3, bytes), .data(3, bytes))
        #expect(server.takeEvents().isEmpty)
        server.feed(.data(3, [1]), .data(3, bytes))
        let events = server.takeEvents()
        guard events.count == 1, case .bodyTooLarge(let stream, _) = events[0] else {
            Issue.record("\(events)")
            return
        }
        server.connection.send(
            head: HTTP2HeaderList([(":status", "413")]), to: stream, endsStream: true)
        let frames = server.takeFrames()
        #expect(frames.count == 2 && frames[1] == .reset(3, 0))
        server.feed(.data(3, bytes), .data(3, [], end: true))
        #expect(server.takeFrames().isEmpty && server.failure == nil)
        // Announced is enough.
        server.feed(.headers(5, postFields + [("content-length", "101")], end: false))
        let announced = server.takeEvents()
        guard case .bodyTooLarge = announced.first else {
            Issue.record("\(announced)")
            return
        }
    }

    @Test func bodySizeByPath() {
        let limits = Self.limits { $0.bodyByteCountMax = 10 }
        let rules = DeliveryRules(bodyLimits: [("/upload", 100), ("/small", 5)])
        let server = Endpoint.server(limits: limits, delivery: rules)
        var stream: UInt32 = 1
        for (path, byteCountMax) in [
            ("/upload", 100), ("/upload?x", 100), ("/small", 5), ("/", 10),
        ] {
            for excess in [0, 1] {
                let fields = postFields.map { $0.0 == ":path" ? (":path", path) : $0 }
                let body = [UInt8](repeating: 1, count: byteCountMax + excess)
                server.feed(.headers(stream, fields, end: false), .data(stream, body, end: true))
                #expect(server.takeMessages().count == 1 - excess, "\(path)")
                stream += 2
            }
        }
    }

    /// A peer that sends and never reads: nothing more is consumed once the output is full.
    @Test func outputSize() {
        var connection = HTTP2Connection(
            role: .server,
            limits: Self.limits {
                $0.outputByteCountMax = 1_000
                $0.pings = RateBound(burst: 100_000, perSecond: 1)
            }, at: 0)
        let input =
            Frame.preface + Frame.settings().bytes
            + (0..<1_000).flatMap { _ in Frame.ping().bytes }
        let consumed = connection.receive(input.span, at: 0)
        #expect(consumed < 2_000)
        let (isHeldBack, output) = (connection.isHeldBack, connection.nextOutput() ?? [])
        #expect(isHeldBack && output.count < 1_020)
        let more = connection.receive(Array(input[consumed...]).span, at: 0)
        #expect(more > 500)
    }

    @Test func eventCount() {
        var connection = HTTP2Connection(
            role: .server, limits: Self.limits { $0.eventCountMax = 3 }, at: 0)
        let requests = (0..<5).flatMap { Frame.headers(2 * $0 + 1, getFields).bytes }
        let input = Frame.preface + Frame.settings().bytes + requests
        let consumed = connection.receive(input.span, at: 0)
        let isHeldBack = connection.isHeldBack
        #expect(isHeldBack && input.count - consumed == 2 * requests.count / 5)
        while connection.nextEvent() != nil {}
        let more = connection.receive(Array(input[consumed...]).span, at: 0)
        #expect(consumed + more == input.count)
    }

    @Test func sendBacklog() {
        let server = Endpoint.server(
            limits: Self.limits { $0.sendBacklogByteCountMax = 100 }, peerSettings: [(4, 10)])
        server.feed(.headers(1, getFields))
        let stream = HTTP2StreamID(1)
        server.connection.send(head: HTTP2HeaderList([(":status", "200")]), to: stream)
        let piece = [UInt8](repeating: 7, count: 60)
        let first = server.connection.send(data: piece.span, to: stream)
        let second = server.connection.send(data: piece.span, to: stream)
        #expect(first == .queued && second == .backlogFull)
        #expect(server.connection.heldByteCount(of: stream) == 60)
        server.feed(.windowUpdate(1, 100))
        let data = server.takeFrames().filter { $0.type == 0 }.flatMap(\.payload)
        #expect(data == piece)
        let events = server.takeEvents()
        guard case .backlogDrained(stream) = events.last else {
            Issue.record("\(events)")
            return
        }
    }
}
