import Testing

@testable import HTTP2

/// Timers on a clock that the test moves, and shutting down.
@Suite struct LifetimeTests {
    private func expire(_ endpoint: Endpoint, after nanoseconds: UInt64) -> HTTP2Fault? {
        let due = endpoint.now + nanoseconds
        #expect(endpoint.deadline == due)
        endpoint.connection.deadlineReached(at: due - 1)
        _ = endpoint.takeFrames()
        #expect(endpoint.failure == nil)
        endpoint.connection.deadlineReached(at: due)
        _ = endpoint.takeFrames()
        return endpoint.failure?.reason
    }

    @Test func handshakeTimeout() {
        let limits = HTTP2Limits()
        let server = Endpoint()
        server.feed(Array(Frame.preface.dropLast()))
        #expect(expire(server, after: limits.handshakeTimeout) == .handshakeTimeout)
        let quiet = Endpoint()
        quiet.feed(Frame.preface)
        quiet.feed(.settings())
        #expect(expire(quiet, after: limits.settingsAckTimeout) == .settingsTimeout)
    }

    @Test func idleTimeoutCountsFromTheLastBytes() {
        let server = Endpoint.server()
        server.now += 5_000_000_000
        server.feed(.ping())
        #expect(expire(server, after: HTTP2Limits().idleTimeout) == .idleTimeout)
        #expect(server.isFinished)
    }

    @Test func anOpenHeaderBlockTimesOut() {
        let server = Endpoint.server()
        server.feed(.headers(1, getFields, endHeaders: false))
        let opened = server.now
        server.now += 1_000_000_000
        server.feed(.continuation(1, [], end: false))
        server.now = opened
        #expect(expire(server, after: HTTP2Limits().requestTimeout) == .requestTimeout)
    }

    @Test func incompleteRequestsAreReset() {
        let server = Endpoint.server()
        let timeout = HTTP2Limits().requestTimeout
        server.feed(.headers(1, postFields, end: false))
        server.now += timeout / 2
        server.feed(.headers(3, postFields, end: false), .headers(5, getFields))
        server.now += timeout / 2
        server.connection.deadlineReached(at: server.now)
        #expect(server.takeFrames() == [.reset(1, 8)])
        while server.openStreamCount > 1, let due = server.deadline {
            #expect(due <= server.now + timeout)
            server.connection.deadlineReached(at: due)
        }
        #expect(server.takeFrames() == [.reset(3, 8)])
        #expect(server.deadline == nil, "stream 5 waits for its answer")
    }

    /// A peer that takes an answer's head and never opens its window.
    @Test func stalledAnswersAreReset() {
        let server = Endpoint.server(peerSettings: [(4, 0)])
        server.feed(.headers(1, getFields))
        let stream = HTTP2StreamID(1)
        server.connection.send(head: HTTP2HeaderList([(":status", "200")]), to: stream)
        server.connection.send(data: [1, 2, 3].span, to: stream, endsStream: true)
        _ = server.takeFrames()
        for _ in 0..<10 {
            guard let due = server.deadline, server.openStreamCount > 0 else { break }
            server.connection.deadlineReached(at: due)
        }
        #expect(server.takeFrames() == [.reset(1, 8)])
        let resets = server.takeEvents().filter {
            if case .streamReset(stream, .cancel, byPeer: false) = $0 { return true }
            return false
        }
        #expect(resets.count == 1)
    }

    @Test(arguments: [true, false])
    func shutdownServesWhatIsUnderWay(peerAnswersPing: Bool) {
        let server = Endpoint.server()
        server.feed(.headers(1, getFields))
        server.connection.shutDown(at: server.now)
        let notice = server.takeFrames()
        #expect(notice.count == 2 && notice[0] == .goAway(0x7fff_ffff) && notice[1].type == 6)
        // Sent before the peer read the notice.
        server.feed(.headers(3, getFields))
        #expect(server.takeMessages().count == 2)
        if peerAnswersPing {
            server.feed(.ping(notice[1].payload, ack: true))
        } else {
            server.connection.deadlineReached(at: server.deadline ?? 0)
        }
        #expect(server.takeFrames() == [.goAway(3)])
        server.feed(.headers(5, postFields, end: false), .data(5, [1], end: true), .reset(5))
        #expect(server.takeMessages().isEmpty && server.takeFrames().isEmpty)
        for stream: UInt32 in [1, 3] {
            #expect(!server.isFinished)
            server.connection.send(
                head: HTTP2HeaderList([(":status", "200")]), to: HTTP2StreamID(stream),
                endsStream: true)
            _ = server.takeFrames()
        }
        #expect(server.isFinished && server.failure == nil)
    }

    @Test func aClientLearnsWhatWasNotProcessed() throws {
        let client = Endpoint.client()
        let request = HTTP2HeaderList(getFields)
        for _ in 0..<3 { _ = client.connection.sendRequest(request, endsStream: true) }
        client.feed(.goAway(1))
        let refused = client.takeEvents().compactMap { event -> UInt32? in
            if case .streamReset(let stream, .refusedStream, byPeer: true) = event {
                return stream.rawValue
            }
            return nil
        }
        #expect(refused == [3, 5])
        let further = client.connection.sendRequest(request)
        #expect(further == nil)
        client.feed(.headers(1, [(":status", "200")]))
        #expect(client.takeMessages().count == 1)
    }

    @Test func theEndOfTheSocketEndsTheStreams() {
        let server = Endpoint.server()
        server.feed(.headers(1, getFields), .headers(3, postFields, end: false))
        _ = server.takeEvents()
        server.connection.inputEnded()
        #expect(server.takeFrames().isEmpty && server.isFinished)
        let events = server.takeEvents()
        #expect(events.count == 1)
        guard case .streamReset(HTTP2StreamID(1), .cancel, byPeer: false) = events.first else {
            Issue.record("\(events)")
            return
        }
    }
}
