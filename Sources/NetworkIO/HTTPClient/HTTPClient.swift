internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// An HTTP answer, read to its end.
package struct HTTPClientAnswer: Hashable, Sendable {
    /// The status code.
    package let status: Int
    /// The header fields.
    package let headers: HTTPHeaderList
    /// The body.
    package let body: [UInt8]
}

/// Requests to servers named in the configuration. HTTP/1.1 over TCP or TLS with kept connections; no
/// redirects, no decompression, no cookies: an answer is what that server sent, within the limits.
package final class HTTPClient: Sendable {
    private let configuration: HTTPClientConfiguration
    private let client: AsyncHTTPClient.HTTPClient

    /// A client; it opens no connection before the first request. Throws `invalidConfiguration` when
    /// the file of trusted certificates can't be read.
    package init(
        configuration: HTTPClientConfiguration = HTTPClientConfiguration()
    ) throws(HTTPClientError) {
        self.configuration = configuration
        client = AsyncHTTPClient.HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: try Self.libraryConfiguration(configuration))
    }

    /// Posts `body` and reads the answer, whatever its status.
    ///
    /// A timeout or limit left out is the configuration's. The timeout spans everything, from waiting
    /// for a connection to the last byte of the answer.
    package func post(
        url: String, body: [UInt8], headers: HTTPHeaderList = [:],
        timeoutMilliseconds: Int64? = nil, responseByteCountMax: Int? = nil
    ) async throws(HTTPClientError) -> HTTPClientAnswer {
        var request = try Self.request(.POST, url, headers)
        request.body = .bytes(ByteBuffer(bytes: body))
        return try await execute(request, timeoutMilliseconds, responseByteCountMax)
    }

    /// Gets `url`; otherwise as `post`.
    package func get(
        url: String, headers: HTTPHeaderList = [:], timeoutMilliseconds: Int64? = nil,
        responseByteCountMax: Int? = nil
    ) async throws(HTTPClientError) -> HTTPClientAnswer {
        let request = try Self.request(.GET, url, headers)
        return try await execute(request, timeoutMilliseconds, responseByteCountMax)
    }

    /// Deletes `url`; otherwise as `post`, without a body.
    package func delete(
        url: String, headers: HTTPHeaderList = [:], timeoutMilliseconds: Int64? = nil,
        responseByteCountMax: Int? = nil
    ) async throws(HTTPClientError) -> HTTPClientAnswer {
        let request = try Self.request(.DELETE, url, headers)
        return try await execute(request, timeoutMilliseconds, responseByteCountMax)
    }

    /// Closes every connection; requests under way fail. Must be called once before the last
    /// reference goes away.
    package func shutdown() async {
        // Fails only when the client is shut down already, and then there is nothing to do.
        try? await client.shutdown()
    }

    private static func request(
        _ method: HTTPMethod, _ url: String, _ headers: HTTPHeaderList
    ) throws(HTTPClientError) -> HTTPClientRequest {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else { throw .invalidURL }
        var request = HTTPClientRequest(url: url)
        request.method = method
        for field in headers.fields {
            request.headers.add(name: field.name, value: field.value)
        }
        return request
    }

    private func execute(
        _ request: HTTPClientRequest, _ timeoutMilliseconds: Int64?, _ byteCountMax: Int?
    ) async throws(HTTPClientError) -> HTTPClientAnswer {
        let timeout = timeoutMilliseconds ?? configuration.requestTimeoutMilliseconds
        let byteCountMax = byteCountMax ?? configuration.responseByteCountMax
        do {
            // The library's own deadline ends with the header, so a second task keeps the time.
            return try await withThrowingTaskGroup(of: HTTPClientAnswer.self) { group in
                group.addTask { [client] in
                    try await Self.answer(client, request, timeout, byteCountMax)
                }
                group.addTask {
                    try await Task.sleep(for: .milliseconds(timeout))
                    throw HTTPClientError.timedOut
                }
                defer { group.cancelAll() }
                guard let first = try await group.next() else { throw HTTPClientError.cancelled }
                return first
            }
        } catch {
            throw HTTPClientError(error, byteCountMax: byteCountMax)
        }
    }

    private static func answer(
        _ client: AsyncHTTPClient.HTTPClient, _ request: HTTPClientRequest, _ timeout: Int64,
        _ byteCountMax: Int
    ) async throws -> HTTPClientAnswer {
        let response = try await client.execute(request, timeout: .milliseconds(timeout))
        let body = try await response.body.collect(upTo: byteCountMax)
        return HTTPClientAnswer(
            status: Int(response.status.code), headers: HTTPHeaderList(response.headers),
            body: Array(body.readableBytesView))
    }

    private static func libraryConfiguration(
        _ configuration: HTTPClientConfiguration
    ) throws(HTTPClientError) -> AsyncHTTPClient.HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let path = configuration.trustedCertificatesPath {
            do {
                tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
            } catch {
                throw .invalidConfiguration("certificates in \(path): \(error)")
            }
        }
        var library = AsyncHTTPClient.HTTPClient.Configuration()
        library.tlsConfiguration = tls
        library.redirectConfiguration = .disallow
        library.decompression = .disabled
        library.httpVersion = .http1Only
        library.timeout = .init(
            connect: .milliseconds(configuration.connectTimeoutMilliseconds),
            read: .milliseconds(configuration.requestTimeoutMilliseconds))
        library.connectionPool = .init(
            idleTimeout: .milliseconds(configuration.idleConnectionMilliseconds),
            concurrentHTTP1ConnectionsPerHostSoftLimit: configuration.connectionsPerServerMax)
        // The library would go on trying a dead server until the request's deadline.
        library.connectionPool.retryConnectionEstablishment = false
        return library
    }
}

extension HTTPHeaderList {
    fileprivate init(_ headers: HTTPHeaders) {
        self.init()
        for header in headers {
            append(ASCIIText.lowered(header.name), header.value)
        }
    }
}
