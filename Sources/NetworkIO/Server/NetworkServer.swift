import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// The front of the node: listeners, connections and the protocols on them, all synchronous on a few
/// event loops. The service is called on those loops.
package final class NetworkServer<Service: NetworkService>: Sendable {
    private enum Phase {
        case idle
        case starting
        case running(Running)
        case stopped
    }

    /// What exists while the server runs.
    private struct Running {
        let group: MultiThreadedEventLoopGroup
        let loops: [LoopContext]
        let listeners: [any Channel]
    }

    /// The counters; valid before the start and after the shutdown, too.
    package let metrics: NetworkMetrics

    private let configuration: NetworkServerConfiguration
    private let service: Service
    private let counters: [LoopCounters]
    private let phase = Mutex(Phase.idle)

    /// A server that does nothing until it is started.
    package init(configuration: NetworkServerConfiguration, service: Service) {
        self.configuration = configuration
        self.service = service
        counters = (0..<max(1, configuration.eventLoopCount)).map { _ in LoopCounters() }
        metrics = NetworkMetrics(loops: counters)
    }

    /// Binds all listeners, then accepts on all of them. Returns them in the order of the configuration.
    /// After an error nothing is left open and the server can't be started again.
    package func start() async throws(NetworkServerError) -> [BoundListener] {
        let mayStart = phase.withLock { phase in
            guard case .idle = phase else { return false }
            phase = .starting
            return true
        }
        guard mayStart else { throw .alreadyStarted }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: counters.count)
        let loops = zip(group.makeIterator(), counters).map {
            LoopContext(eventLoop: $0, counters: $1)
        }
        do {
            let listeners = try await bindAll(on: group, loops: loops)
            let running = Running(group: group, loops: loops, listeners: listeners)
            phase.withLock { $0 = .running(running) }
            for listener in listeners { _ = listener.setOption(.autoRead, value: true) }
            return zip(configuration.listeners, listeners).map(Self.bound)
        } catch {
            phase.withLock { $0 = .stopped }
            await Self.stop(group)
            throw error
        }
    }

    /// Stops accepting, tells clients to go (GOAWAY, `connection: close`), waits for requests in flight
    /// up to the configured time, then closes what is left. Does nothing when the server is not running.
    package func shutdownGracefully() async {
        let running: Running? = phase.withLock { phase in
            guard case .running(let running) = phase else { return nil }
            phase = .stopped
            return running
        }
        guard let running else { return }
        for listener in running.listeners {
            // An error means that the listener is closed already.
            try? await listener.close().get()
        }
        let limit = TimeAmount.seconds(Int64(configuration.shutdownSeconds))
        let drained = running.loops.map { $0.drain(within: limit) }
        for future in drained {
            // The future does not fail: cut connections count as drained.
            try? await future.get()
        }
        await Self.stop(running.group)
    }

    private static func stop(_ group: MultiThreadedEventLoopGroup) async {
        // Fails only when the group is shut down already, which is what is wanted.
        try? await group.shutdownGracefully()
    }

    private static func bound(
        _ configuration: ListenerConfiguration, _ channel: any Channel
    ) -> BoundListener {
        BoundListener(
            kind: configuration.kind, host: channel.localAddress?.ipAddress ?? configuration.host,
            port: channel.localAddress?.port ?? configuration.port)
    }

    // MARK: Listeners

    private func bindAll(
        on group: MultiThreadedEventLoopGroup, loops: [LoopContext]
    ) async throws(NetworkServerError) -> [any Channel] {
        let service = TypedServiceDispatcher(service)
        let shared = SharedLimits(configuration.limits, service: service)
        var channels: [any Channel] = []
        for listener in configuration.listeners {
            let acceptor = ConnectionAcceptor(
                service: service, listener: listener.kind, shared: shared, loops: loops,
                tls: try Self.tlsContext(listener))
            channels.append(try await bind(listener, acceptor, on: group))
        }
        return channels
    }

    private func bind(
        _ listener: ListenerConfiguration, _ acceptor: ConnectionAcceptor,
        on group: MultiThreadedEventLoopGroup
    ) async throws(NetworkServerError) -> any Channel {
        let high = configuration.limits.outputByteCountHigh
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Int32(clamping: configuration.acceptBacklog))
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.autoRead, value: false)
            .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            // One read, at most 64 KiB, before a connection is asked whether it wants more.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(
                .writeBufferWaterMark,
                value: ChannelOptions.Types.WriteBufferWaterMark(low: high / 4, high: high)
            )
            .childChannelInitializer(acceptor.accept)
        do {
            return try await bootstrap.bind(host: listener.host, port: listener.port).get()
        } catch {
            throw .cannotBind(host: listener.host, port: listener.port, reason: "\(error)")
        }
    }

    private static func tlsContext(
        _ listener: ListenerConfiguration
    ) throws(NetworkServerError) -> NIOSSLContext? {
        guard let files = listener.tls else { return nil }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificateChainPath)
            let key = try NIOSSLPrivateKey(file: files.privateKeyPath, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.applicationProtocols = ["h2", "http/1.1"]
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .unusableCertificate(path: files.certificateChainPath, reason: "\(error)")
        }
    }
}
