import NIOCore
import NIOSSL

/// Admits the connections of one listener and sets up their first handlers.
struct ConnectionAcceptor: Sendable {
    /// A limit on connections is reached. Nothing is said to the client: an answer would have to wait
    /// for its request, which is what the limit protects from.
    private struct LimitReached: Error {}

    let service: ServiceDispatcher
    let listener: ListenerKind
    let shared: SharedLimits
    let loops: [LoopContext]
    let tls: NIOSSLContext?

    /// Called by NIO on the loop of each new connection; a failed future closes it.
    @Sendable
    func accept(_ channel: any Channel) -> EventLoopFuture<Void> {
        channel.eventLoop.makeCompletedFuture { try admit(channel) }
    }

    private func admit(_ channel: any Channel) throws {
        guard let loop = loops.first(where: { $0.eventLoop === channel.eventLoop }) else {
            preconditionFailure("a connection lives on one of the server's loops")
        }
        loop.counters.connectionsAccepted.bump()
        let client = ConnectionCensus.Client(channel.remoteAddress)
        guard shared.census.enter(client) else {
            loop.counters.connectionsRefused.bump()
            throw LimitReached()
        }
        loop.counters.connectionsOpen.bump()
        channel.closeFuture.whenComplete { [shared] _ in
            shared.census.leave(client)
            loop.counters.connectionsOpen.bump(-1)
        }
        try addHandlers(channel, loop)
    }

    private func addHandlers(_ channel: any Channel, _ loop: LoopContext) throws {
        let settings = ConnectionSettings(
            service: service, remoteAddress: Self.remoteAddress(channel), listener: listener,
            shared: shared)
        let pipeline = channel.pipeline.syncOperations
        if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
        try pipeline.addHandler(ConnectionGate(settings: settings, loop: loop))
    }

    private static func remoteAddress(_ channel: any Channel) -> RemoteAddress {
        guard let address = channel.remoteAddress else { return .unknown }
        return RemoteAddress(host: address.ipAddress ?? "unix", port: address.port ?? 0)
    }
}
