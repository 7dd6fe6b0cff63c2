import Testing

@testable import HTTP2

/// Every state of a stream × every frame that can arrive for it (RFC 9113 section 5.1).
@Suite struct StreamStateTests {
    enum State: CaseIterable {
        case idle
        case open
        case halfClosedRemote
        case closedByBoth
        case closedByAnswer
        case resetByPeer
        case resetHere
    }

    enum Event: CaseIterable {
        case data
        case dataAndEnd
        case headers
        case headersAndEnd
        case priority
        case reset
        case windowUpdate
        case zeroWindowUpdate
        case continuation
        case pushPromise
        case unknown
    }

    enum Outcome: Equatable {
        case accepted
        case message
        case reset(HTTP2ErrorCode)
        case goAway(HTTP2ErrorCode)
    }

    @Test(arguments: State.allCases, Event.allCases)
    func pairs(state: State, event: Event) {
        let server = Self.server(in: state)
        server.feed(Self.frame(event, state))
        let outcome = Self.outcome(server)
        #expect(outcome == Self.expected(state, event), "\(state) × \(event)")
        // Whatever happened, the connection works on unless it was ended.
        server.feed(.headers(101, getFields))
        let isAlive = server.takeMessages().contains { $0.streamID.rawValue == 101 }
        if case .goAway = outcome { #expect(!isAlive) } else { #expect(isAlive) }
    }

    private static func expected(_ state: State, _ event: Event) -> Outcome {
        switch event {
        case .continuation, .pushPromise: return .goAway(.protocolError)
        case .priority, .unknown: return .accepted
        case .data, .dataAndEnd: return expectedData(state, event)
        case .headers, .headersAndEnd: return expectedHeaders(state, event)
        case .reset: return state == .idle ? .goAway(.protocolError) : .accepted
        case .windowUpdate: return state == .idle ? .goAway(.protocolError) : .accepted
        case .zeroWindowUpdate:
            switch state {
            case .idle: return .goAway(.protocolError)
            case .open, .halfClosedRemote: return .reset(.protocolError)
            default: return .accepted
            }
        }
    }

    private static func expectedData(_ state: State, _ event: Event) -> Outcome {
        switch state {
        case .idle: .goAway(.protocolError)
        case .open: event == .dataAndEnd ? .message : .accepted
        case .halfClosedRemote, .closedByBoth, .resetByPeer: .reset(.streamClosed)
        case .closedByAnswer, .resetHere: .accepted
        }
    }

    private static func expectedHeaders(_ state: State, _ event: Event) -> Outcome {
        switch state {
        case .idle: event == .headersAndEnd ? .message : .accepted
        case .open: event == .headersAndEnd ? .message : .reset(.protocolError)
        case .halfClosedRemote: .reset(.streamClosed)
        case .closedByBoth, .resetByPeer: .goAway(.streamClosed)
        case .closedByAnswer, .resetHere: .accepted
        }
    }

    private static func server(in state: State) -> Endpoint {
        let server = Endpoint.server()
        let stream = HTTP2StreamID(1)
        let isOpen = state == .open || state == .closedByAnswer || state == .resetHere
        if state != .idle { server.feed(.headers(1, postFields, end: !isOpen)) }
        switch state {
        case .idle, .open, .halfClosedRemote: break
        case .closedByBoth, .closedByAnswer:
            server.connection.send(
                head: HTTP2HeaderList([(":status", "200")]), to: stream, endsStream: true)
        case .resetByPeer: server.feed(.reset(1))
        case .resetHere: server.connection.reset(stream, .internalError)
        }
        _ = server.takeOutput()
        _ = server.takeEvents()
        return server
    }

    private static func frame(_ event: Event, _ state: State) -> Frame {
        switch event {
        case .data: .data(1, [1, 2, 3])
        case .dataAndEnd: .data(1, [1, 2, 3], end: true)
        // On an open stream this must be valid as trailers, on an idle one as a request.
        case .headers: .headers(1, postFields, end: false)
        case .headersAndEnd: .headers(1, state == .idle ? postFields : [], end: true)
        case .priority: .priority(1, on: 3)
        case .reset: .reset(1)
        case .windowUpdate: .windowUpdate(1, 100)
        case .zeroWindowUpdate: .windowUpdate(1, 0)
        case .continuation: .continuation(1, [])
        case .pushPromise: Frame(type: 5, flags: 4, stream: 1, payload: [0, 0, 0, 2])
        case .unknown: Frame(type: 0xfa, flags: 0xff, stream: 1, payload: [1])
        }
    }

    private static func outcome(_ server: Endpoint) -> Outcome {
        for frame in server.takeFrames() {
            if frame.type == 3 { return .reset(frame.code) }
            if frame.type == 7 { return .goAway(frame.code) }
        }
        for case .messageReceived in server.takeEvents() { return .message }
        return .accepted
    }
}
