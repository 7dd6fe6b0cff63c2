import Testing

@testable import NetworkIO

/// The server against a client made of raw sockets, well-behaved and not.
@Suite(.serialized) struct HTTP1Tests {
    @Test func rawClient() async throws {
        try await TestServer.run { server in
            let passed = try await server.peer("http1_peer.py")
            #expect(passed.count == 30)
            let reading = server.server.metrics.reading
            #expect(reading.http1Requests > 2100)
            #expect(reading.requestsRefused > 40)
            #expect(reading.connectionErrors > 20)
            #expect(reading.cancellations == 1)
            #expect(reading.http2Requests == 0)
        }
    }
}
