/// How the client connects. The URLs that it is given come from configuration, never from a peer.
package struct HTTPClientConfiguration: Hashable, Sendable {
    /// From the first packet to a usable connection, TLS handshake included.
    package var connectTimeoutMilliseconds: Int64 = 5_000

    /// The whole request, from its start to the last byte of the answer, unless a call says otherwise.
    package var requestTimeoutMilliseconds: Int64 = 15_000

    /// Connections to one server; further requests wait for one to become free.
    package var connectionsPerServerMax = 16

    /// How long an unused connection is kept.
    package var idleConnectionMilliseconds: Int64 = 60_000

    /// Bytes of an answer's body, unless a call says otherwise.
    package var responseByteCountMax = 16 << 20

    /// A file of PEM certificates that alone are trusted, or nil for those of the system.
    package var trustedCertificatesPath: String?

    /// The defaults.
    package init() {}
}
