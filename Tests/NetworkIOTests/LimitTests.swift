import Foundation
import TestSupport
import Testing

@testable import NetworkIO

/// Clients that are slow, too many or still there when the server stops; listeners by kind; TLS.
@Suite(.serialized) struct LimitTests {
    @Test func slowClients() async throws {
        var limits = NetworkLimits()
        limits.handshakeSeconds = 1
        limits.idleSeconds = 2
        limits.bodyGraceSeconds = 1
        limits.bodyBytesPerSecondMin = 1_000_000
        limits.stalledWriteSeconds = 1
        limits.lingerSeconds = 1
        try await TestServer.run(limits: limits) { server in
            let passed = try await server.peer("limits_peer.py", ["slow"])
            #expect(passed.count == 9)
            #expect(server.server.metrics.reading.timeouts >= 6)
        }
    }

    @Test func connectionsOfOneAddress() async throws {
        var limits = NetworkLimits()
        limits.connectionsPerAddressMax = 20
        try await connectionLimit(limits)
    }

    @Test func connectionsInAll() async throws {
        var limits = NetworkLimits()
        limits.connectionsMax = 20
        try await connectionLimit(limits)
    }

    private func connectionLimit(_ limits: NetworkLimits) async throws {
        try await TestServer.run(limits: limits) { server in
            let passed = try await server.peer("limits_peer.py", ["connections"])
            #expect(passed == ["ok"])
            let reading = server.server.metrics.reading
            #expect(reading.connectionsRefused == 5)
            #expect(reading.connectionsAccepted == 26)
        }
    }

    @Test func shutdownFinishesWhatIsInFlight() async throws {
        let flag = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try await TestServer.run { server in
            async let peer = server.peer("limits_peer.py", ["shutdown", flag.path])
            while !FileManager.default.fileExists(atPath: flag.path) {
                try await Task.sleep(for: .milliseconds(20))
            }
            let start = ContinuousClock.now
            await server.server.shutdownGracefully()
            #expect(ContinuousClock.now - start < .seconds(4))
            let passed = try await peer
            #expect(passed == ["ok"])
            #expect(server.server.metrics.reading.connectionsOpen == 0)
        }
        try FileManager.default.removeItem(at: flag)
    }

    @Test func shutdownCutsWhatNeverEnds() async throws {
        try await TestServer.run(shutdownSeconds: 1) { server in
            let connection = try LoopbackSocket(port: server.port)
            try connection.send("GET /never HTTP/1.1\r\nHost: a\r\n\r\n")
            try await Task.sleep(for: .milliseconds(200))
            let start = ContinuousClock.now
            await server.server.shutdownGracefully()
            #expect(ContinuousClock.now - start > .milliseconds(900))
            #expect(ContinuousClock.now - start < .seconds(4))
            #expect(server.service.cancelledCount == 1)
            #expect(connection.readToEnd() == "")
        }
    }

    @Test func listenersByKind() async throws {
        try await TestServer.run(kinds: [.all, .restOnly, .grpcOnly, .metrics]) { server in
            let others = server.listeners.dropFirst().map { String($0.port) }
            let lines = try await server.peer("limits_peer.py", ["kinds"] + others)
            #expect(lines == ["0 rest grpc", "1 rest -", "2 - grpc", "3 rest -"])
        }
    }

    @Test func tlsWithALPN() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments =
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout \(folder.path)/key.pem -out \(folder.path)/cert.pem"
            .split(separator: " ").map(String.init)
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        let files = ListenerConfiguration.TLSFiles(
            certificateChainPath: folder.path + "/cert.pem",
            privateKeyPath: folder.path + "/key.pem")
        try await TestServer.run(tls: files) { server in
            let lines = try await server.peer("limits_peer.py", ["tls", folder.path + "/cert.pem"])
            #expect(lines == ["h2 True", "http/1.1 True", "None True", "True", "ok"])
        }
    }

    @Test func startFailsWithAReason() async throws {
        try await TestServer.run { server in
            let taken = NetworkServer(
                configuration: NetworkServerConfiguration(
                    listeners: [
                        ListenerConfiguration(kind: .all, host: "127.0.0.1", port: 0),
                        ListenerConfiguration(kind: .all, host: "127.0.0.1", port: server.port),
                    ]),
                service: EchoService())
            await #expect(throws: NetworkServerError.self) { try await taken.start() }
            await taken.shutdownGracefully()
            await #expect(throws: NetworkServerError.self) { try await taken.start() }
        }
    }
}
