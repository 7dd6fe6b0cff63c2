import Bytes
import NIOCore
import Synchronization

/// Counts open connections, in all and by client, and refuses those above a limit. Safe on any thread.
final class ConnectionCensus: Sendable {
    /// A client, as far as limits go: an IPv4 address, or the /64 that an IPv6 client owns.
    struct Client: Hashable, Sendable {
        private let bits: UInt64
        private let isIPv6: Bool

        init(_ address: SocketAddress?) {
            let bytes = address.map(Self.socketAddressBytes) ?? []
            switch address {
            case .v4:
                // Family and port take the first four bytes of a sockaddr_in.
                bits = UInt64(bytes.span.bigEndianUInt32(at: 4))
                isIPv6 = false
            case .v6:
                // Family, port and flow label take the first eight bytes of a sockaddr_in6.
                let network = bytes.span.bigEndianUInt64(at: 8)
                // IPv4 clients of an IPv6 socket (::ffff:a.b.c.d) are told apart by what follows.
                bits = network == 0 ? bytes.span.bigEndianUInt64(at: 16) : network
                isIPv6 = true
            case .unixDomainSocket, nil:
                bits = 0
                isIPv6 = true
            }
        }

        private static func socketAddressBytes(_ address: SocketAddress) -> [UInt8] {
            // The pointer is to `size` bytes and valid inside the closure, which copies them.
            unsafe address.withSockAddr { pointer, size in
                unsafe [UInt8](UnsafeRawBufferPointer(start: pointer, count: size))
            }
        }
    }

    private struct Counts {
        var total = 0
        var byClient: [Client: Int] = [:]
    }

    private let totalMax: Int
    private let eachMax: Int
    private let counts = Mutex(Counts())

    init(totalMax: Int, eachMax: Int) {
        self.totalMax = totalMax
        self.eachMax = eachMax
    }

    /// Counts a connection in, or returns false when a limit is reached.
    func enter(_ client: Client) -> Bool {
        counts.withLock { counts in
            let own = counts.byClient[client, default: 0]
            guard counts.total < totalMax, own < eachMax else { return false }
            counts.total += 1
            counts.byClient[client] = own + 1
            return true
        }
    }

    /// Counts a connection out that was counted in.
    func leave(_ client: Client) {
        counts.withLock { counts in
            counts.total -= 1
            let own = counts.byClient[client, default: 1] - 1
            counts.byClient[client] = own == 0 ? nil : own
        }
    }
}
