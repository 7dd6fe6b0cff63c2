/// Every bound of the server, with its default. Sizes are bytes, times seconds unless named otherwise.
package struct NetworkLimits: Hashable, Sendable {
    /// A body or gRPC message whose route asks for nothing else (DESIGN section 8).
    package static let bodyByteCountMaxDefault = 8 << 20

    /// Names and values of one header section together (DESIGN section 8). HTTP/1.1 answers 431.
    package var headerListByteCountMax = 16 << 10

    /// Fields in one header section: each costs an allocation or two, so their number counts as well.
    package var headerFieldCountMax = 128

    /// Streams one HTTP/2 connection may have open (DESIGN section 8).
    package var streamsPerConnectionMax = 256

    /// Connections one client address may have open (DESIGN section 8). An IPv6 client owns a /64.
    package var connectionsPerAddressMax = 1024

    /// Connections all clients together may have open: below the usual descriptor limit of a service.
    package var connectionsMax = 16_384

    /// How long a connection may stay open with nothing asked (DESIGN section 8).
    package var idleSeconds = 120

    /// From the accepted connection, or the first byte of a later request, to the end of its header.
    package var handshakeSeconds = 10

    /// What every body gets, however small, before its rate counts.
    package var bodyGraceSeconds = 20

    /// The slowest average at which a body may arrive once the grace is used up, per second.
    package var bodyBytesPerSecondMin = 4096

    /// From the head of an HTTP/2 request to its end: 32 MiB in this time are 2.3 Mbit/s.
    package var streamUploadSeconds = 120

    /// How long a client may leave a full send buffer unread.
    package var stalledWriteSeconds = 30

    /// How long to go on reading (and throwing away) after a refusal that closes the connection, so
    /// that the answer is not lost to a reset (RFC 9112 section 9.6).
    package var lingerSeconds = 2

    /// Output of a connection above which no further request of it is begun, until it has drained.
    package var outputByteCountHigh = 256 << 10

    /// Parts of pipelined HTTP/1.1 requests to hold while one is being answered; reading stops at the
    /// first, so this is only met when one read brings very many.
    package var pipelinedPartCountMax = 16_384

    /// Bytes of unfinished bodies over all connections, so that many uploads at once can't take all
    /// the memory. Above it a request is answered with 503.
    package var bodyBytesInFlightMax = 512 << 20

    /// The capacity above which an emptied output buffer is released rather than kept.
    package var keptBufferByteCountMax = 64 << 10

    package init() {}
}
