import Bytes
import TestSupport
import Testing

@testable import NetworkIO

@Suite("HTTP client")
struct HTTPClientTests {
    private func withClient(
        _ configuration: HTTPClientConfiguration = HTTPClientConfiguration(),
        _ body: (HTTPClient, String) async throws -> Void
    ) async throws {
        let server = try ServerProcess("NetworkIOTests/Oracles/odd_server.py", [])
        let client = try HTTPClient(configuration: configuration)
        do {
            try await body(client, "http://127.0.0.1:\(server.firstLine)")
        } catch {
            await client.shutdown()
            throw error
        }
        await client.shutdown()
        server.stop()
    }

    private func failure(
        _ client: HTTPClient, _ url: String, timeout: Int64 = 5000, limit: Int = 1 << 20
    ) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            _ = try await client.post(
                url: url, body: [1, 2, 3], timeoutMilliseconds: timeout,
                responseByteCountMax: limit)
            return nil
        } catch {
            return error
        }
    }

    @Test("a body goes there and back, headers are lower-case, connections are reused")
    func echo() async throws {
        try await withClient { client, url in
            var random = SeededRandom(seed: 1)
            for count in [0, 1, 1000, 200_000] {
                let body = random.bytes(count)
                let answer = try await client.post(url: url + "/echo", body: body)
                #expect(answer.status == 200)
                #expect(answer.body == body)
                #expect(answer.headers["x-odd"] == "Yes")
            }
        }
    }

    @Test("statuses are answers, redirects are not followed, bodies are not unpacked")
    func statuses() async throws {
        try await withClient { client, url in
            let teapot = try await client.get(url: url + "/teapot")
            #expect(teapot.status == 418)
            let redirect = try await client.get(url: url + "/redirect")
            #expect(redirect.status == 302)
            let packed = try await client.get(url: url + "/gzip")
            #expect(packed.body.starts(with: [0x1f, 0x8b]))
        }
    }

    @Test("an answer at the limit passes, one byte more does not")
    func limit() async throws {
        try await withClient { client, url in
            #expect(await failure(client, url + "/echo", limit: 3) == nil)
            #expect(
                await failure(client, url + "/echo", limit: 2)
                    == .responseTooLarge(byteCountMax: 2))
            #expect(
                await failure(client, url + "/endless", limit: 100_000)
                    == .responseTooLarge(byteCountMax: 100_000))
        }
    }

    @Test("the timeout spans the whole answer")
    func timeouts() async throws {
        try await withClient { client, url in
            let clock = ContinuousClock()
            let start = clock.now
            #expect(await failure(client, url + "/silent", timeout: 300) == .timedOut)
            #expect(clock.now - start < .seconds(8))
            let second = clock.now
            #expect(await failure(client, url + "/drip", timeout: 600) == .timedOut)
            #expect(clock.now - second < .seconds(8))
        }
    }

    @Test("broken answers are lost connections", arguments: ["/cut", "/nonsense", "/hangup"])
    func broken(path: String) async throws {
        try await withClient { client, url in
            guard case .connectionLost? = await failure(client, url + path) else {
                Issue.record("not a lost connection")
                return
            }
        }
    }

    @Test("nobody listens; the URL is none; the client is shut down")
    func noConnection() async throws {
        try await withClient { client, url in
            let port = ServerProcess.freePort()
            let refused = await failure(client, "http://127.0.0.1:\(port)/")
            guard case .connectFailed? = refused else {
                Issue.record("not connectFailed but \(String(describing: refused))")
                return
            }
            for wrong in ["", "127.0.0.1:80", "ftp://127.0.0.1/", "unix:///tmp/x", "http://"] {
                #expect(await failure(client, wrong) == .invalidURL, "\(wrong)")
            }
            await client.shutdown()
            #expect(await failure(client, url + "/echo") == .cancelled)
        }
    }

    @Test("an untrusted TLS server is refused; a missing file of certificates too")
    func tls() async throws {
        try await withClient { client, url in
            let httpsURL = url.replacing("http://", with: "https://")
            let error = await failure(client, httpsURL + "/echo", timeout: 2000)
            #expect(error != nil && error?.isRetryable == true)
        }
        var configuration = HTTPClientConfiguration()
        configuration.trustedCertificatesPath = "/nonexistent.pem"
        #expect(throws: HTTPClientError.self) { try HTTPClient(configuration: configuration) }
    }
}
