internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension HTTPClientError {
    /// What an error of the libraries below means.
    init(_ error: any Error, byteCountMax: Int) {
        switch error {
        case let error as HTTPClientError:
            self = error
        case is CancellationError:
            self = .cancelled
        case is NIOTooManyBytesError:
            self = .responseTooLarge(byteCountMax: byteCountMax)
        case let error as AsyncHTTPClient.HTTPClientError:
            self = Self.meaning(of: error)
        case let error as NIOConnectionError:
            self = .connectFailed("\(error)")
        case let error as NIOSSLError:
            self = .tlsFailed("\(error)")
        case is NIOSSLExtraError, is BoringSSLError:
            self = .tlsFailed("\(error)")
        case let error as ChannelError:
            self = Self.meaning(of: error)
        case let error as IOError where Self.connectCodes.contains(error.errnoCode):
            self = .connectFailed("\(error)")
        default:
            self = .connectionLost("\(error)")
        }
    }

    private static func meaning(of error: AsyncHTTPClient.HTTPClientError) -> HTTPClientError {
        switch error {
        case .invalidURL, .emptyHost, .emptyScheme: .invalidURL
        case _ where error.shortDescription.hasPrefix("Unsupported scheme"): .invalidURL
        case .cancelled, .alreadyShutdown: .cancelled
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            .connectFailed(error.shortDescription)
        case .readTimeout, .writeTimeout, .deadlineExceeded: .timedOut
        default: .connectionLost(error.shortDescription)
        }
    }

    /// What connect(2) reports for servers that are not there.
    private static let connectCodes = [
        ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, ETIMEDOUT,
    ]

    private static func meaning(of error: ChannelError) -> HTTPClientError {
        if case .connectTimeout = error { return .connectFailed("the connection timed out") }
        return .connectionLost("\(error)")
    }
}
