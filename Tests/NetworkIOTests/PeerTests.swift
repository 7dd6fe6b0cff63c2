import Testing

@testable import NetworkIO

/// The server against clients that we did not write.
@Suite(.serialized) struct PeerTests {
    @Test func http2OfPython() async throws {
        try await TestServer.run { server in
            let passed = try await server.peer("http2_peer.py")
            #expect(passed.count == 20)
            let reading = server.server.metrics.reading
            #expect(reading.http2Requests > 100)
            #expect(reading.deadlinesExceeded == 2)
            #expect(reading.cancellations >= 17)
            #expect(reading.connectionErrors == 3)
            #expect(reading.http1Requests == 0)
        }
    }

    @Test func grpcOfPython() async throws {
        try await TestServer.run { server in
            let passed = try await server.peer("grpc_peer.py")
            #expect(passed.count == 10)
            #expect(server.server.metrics.reading.grpcCalls >= 2000)
        }
    }

    @Test func commandLineTools() async throws {
        try await TestServer.run { server in
            let passed = try await server.peer("tools_peer.py")
            #expect(passed.count == 5)
        }
    }

    /// Whatever is sent, the server goes on, and leaves nothing open.
    @Test(arguments: [1, 2, 3]) func damagedRequests(seed: Int) async throws {
        try await TestServer.run { server in
            let passed = try await server.peer("fuzz_peer.py", [String(seed), "400"])
            #expect(passed == ["400"], "seed \(seed)")
            let start = ContinuousClock.now
            while server.server.metrics.reading.connectionsOpen > 0,
                ContinuousClock.now - start < .seconds(120)
            {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(server.server.metrics.reading.connectionsOpen == 0, "seed \(seed)")
        }
    }
}
