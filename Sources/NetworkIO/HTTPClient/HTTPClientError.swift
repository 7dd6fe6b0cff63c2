/// Why a request of the client has no answer.
package enum HTTPClientError: Error, Hashable, Sendable {
    /// The URL is not an absolute http or https URL.
    case invalidURL
    /// There is no connection: refused, unreachable, unknown name.
    case connectFailed(String)
    /// The server's certificate is not trusted, or the handshake failed.
    case tlsFailed(String)
    /// The request took longer than allowed. It may have been carried out.
    case timedOut
    /// The connection broke before the answer was complete. The request may have been carried out.
    case connectionLost(String)
    /// The answer has more bytes than allowed.
    case responseTooLarge(byteCountMax: Int)
    /// The calling task was cancelled, or the client shut down.
    case cancelled
    /// The trusted certificates can't be read.
    case invalidConfiguration(String)

    /// Whether the same request may succeed later.
    package var isRetryable: Bool {
        switch self {
        case .connectFailed, .tlsFailed, .timedOut, .connectionLost: true
        case .invalidURL, .responseTooLarge, .cancelled, .invalidConfiguration: false
        }
    }

    /// A metric label without variable text.
    package var shortName: String {
        switch self {
        case .invalidURL: "invalid_url"
        case .connectFailed: "connect_failed"
        case .tlsFailed: "tls_failed"
        case .timedOut: "timed_out"
        case .connectionLost: "connection_lost"
        case .responseTooLarge: "response_too_large"
        case .cancelled: "cancelled"
        case .invalidConfiguration: "invalid_configuration"
        }
    }
}

extension HTTPClientError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidURL: "the URL is not an absolute http:// or https:// URL"
        case .connectFailed(let reason): "no connection: \(reason)"
        case .tlsFailed(let reason): "TLS failed: \(reason)"
        case .timedOut: "the request timed out"
        case .connectionLost(let reason): "the connection was lost: \(reason)"
        case .responseTooLarge(let byteCountMax):
            "the answer has more than \(byteCountMax) bytes"
        case .cancelled: "the request was cancelled"
        case .invalidConfiguration(let reason): "the HTTP client can't be set up: \(reason)"
        }
    }
}
