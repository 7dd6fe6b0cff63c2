/// What a listener speaks.
package enum ListenerKind: UInt8, Sendable, CaseIterable {
    /// HTTP/1.1, HTTP/2 and gRPC, told apart by the first bytes and the content type.
    case all

    /// HTTP/1.1 and HTTP/2, no gRPC.
    case restOnly

    /// gRPC over HTTP/2, nothing else.
    case grpcOnly

    /// HTTP as `restOnly`; the service serves its metrics here and nothing else.
    case metrics
}

/// One address to listen on.
package struct ListenerConfiguration: Hashable, Sendable {
    /// What is spoken there.
    package var kind: ListenerKind

    /// A numeric address or a name that resolves to one.
    package var host: String

    /// The port; 0 lets the system choose one.
    package var port: Int

    /// Certificate and key, for TLS with ALPN (`h2`, `http/1.1`); nil for cleartext.
    package var tls: TLSFiles?

    /// Where the two PEM files are.
    package struct TLSFiles: Hashable, Sendable {
        /// The certificate chain, leaf first.
        package var certificateChainPath: String

        /// The private key.
        package var privateKeyPath: String

        package init(certificateChainPath: String, privateKeyPath: String) {
            self.certificateChainPath = certificateChainPath
            self.privateKeyPath = privateKeyPath
        }
    }

    package init(kind: ListenerKind, host: String, port: Int, tls: TLSFiles? = nil) {
        self.kind = kind
        self.host = host
        self.port = port
        self.tls = tls
    }
}

/// A listener that is open.
package struct BoundListener: Hashable, Sendable {
    /// What is spoken there.
    package let kind: ListenerKind

    /// The numeric address.
    package let host: String

    /// The port, chosen by the system where 0 was asked for.
    package let port: Int
}

/// Everything a server is started with.
package struct NetworkServerConfiguration: Hashable, Sendable {
    /// Where to listen; all are bound before any connection is accepted.
    package var listeners: [ListenerConfiguration]

    /// Threads that do network work, one event loop each.
    package var eventLoopCount = 2

    /// How long a graceful shutdown waits for requests in flight.
    package var shutdownSeconds = 10

    /// Connections the kernel may hold ready to be accepted.
    package var acceptBacklog = 1024

    /// The bounds.
    package var limits = NetworkLimits()

    package init(listeners: [ListenerConfiguration]) {
        self.listeners = listeners
    }
}

/// Why a server could not start.
package enum NetworkServerError: Error, CustomStringConvertible {
    /// `start` was called twice, or after a shutdown.
    case alreadyStarted

    /// An address can't be listened on.
    case cannotBind(host: String, port: Int, reason: String)

    /// The certificate or key can't be used.
    case unusableCertificate(path: String, reason: String)

    package var description: String {
        switch self {
        case .alreadyStarted: "the server was started before"
        case .cannotBind(let host, let port, let reason):
            "cannot listen on \(host) port \(port): \(reason)"
        case .unusableCertificate(let path, let reason):
            "cannot use the certificate \(path): \(reason)"
        }
    }
}
