import Foundation
import TestSupport

@testable import NetworkIO

/// A running server on the loopback interface.
struct TestServer {
    let server: NetworkServer<EchoService>
    let service: EchoService
    let listeners: [BoundListener]

    /// The port of the first listener.
    var port: Int { listeners[0].port }

    /// Starts a server, lets `body` use it, and shuts it down.
    static func run(
        kinds: [ListenerKind] = [.all], tls: ListenerConfiguration.TLSFiles? = nil,
        shutdownSeconds: Int = 5, limits: NetworkLimits = NetworkLimits(),
        _ body: (TestServer) async throws -> Void
    ) async throws {
        var configuration = NetworkServerConfiguration(
            listeners: kinds.map {
                ListenerConfiguration(kind: $0, host: "127.0.0.1", port: 0, tls: tls)
            })
        configuration.shutdownSeconds = shutdownSeconds
        configuration.limits = limits
        let service = EchoService()
        let server = NetworkServer(configuration: configuration, service: service)
        let listeners = try await server.start()
        do {
            try await body(TestServer(server: server, service: service, listeners: listeners))
        } catch {
            await server.shutdownGracefully()
            throw error
        }
        await server.shutdownGracefully()
    }

    /// What a Python peer printed. It is given the port first. Runs on a thread of its own, because the
    /// test must not block the pool that the server's start and stop run on.
    func peer(_ script: String, _ arguments: [String] = []) async throws -> [String] {
        let all = [String(port)] + arguments
        return try await withCheckedThrowingContinuation { continuation in
            Thread {
                continuation.resume(
                    with: Result {
                        try PythonOracle.lines("NetworkIOTests/Oracles/" + script, all)
                    })
            }.start()
        }
    }
}
