internal import Bytes
internal import EthCrypto
internal import EthereumRPC
internal import ExecutionPool
internal import GuestRuntime
internal import JobEngine
internal import JobStore
internal import Logging
internal import NetworkIO
internal import NodeAPI
internal import PostingEngine
internal import ServiceLifecycle

/// A node whose parts run: store, executors, poster and server. They start in this order and stop in the
/// reverse one, so that nothing is accepted that could not be kept, run or posted.
final class RunningNode: Service {
    private let logger: Logger
    private let status: NodeStatus
    private let store: JobStore
    private let pool: ExecutionPool
    private let chain: ChainParts?
    private let server: NetworkServer<NodeService<NodeOperations>>
    private let relay: CommitRelay
    private let dispatcher: JobDispatcher

    /// What exists only with a chain.
    struct ChainParts: Sendable {
        let http: HTTPClient
        let rpc: EthereumRPC
        let poster: Poster
        let persistence: StorePersistence
    }

    private init(
        logger: Logger, status: NodeStatus, store: JobStore, pool: ExecutionPool,
        chain: ChainParts?, server: NetworkServer<NodeService<NodeOperations>>,
        relay: CommitRelay, dispatcher: JobDispatcher
    ) {
        self.logger = logger
        self.status = status
        self.store = store
        self.pool = pool
        self.chain = chain
        self.server = server
        self.relay = relay
        self.dispatcher = dispatcher
    }

    /// Reads the keys, opens the store, starts the executors and listens.
    static func start(
        _ configuration: NodeConfiguration, logger: Logger
    ) async throws -> RunningNode {
        let parts = try NodeParts(configuration, logger: logger)
        let node = RunningNode(
            logger: logger, status: parts.status, store: parts.store, pool: parts.pool,
            chain: parts.chain, server: parts.server, relay: parts.relay,
            dispatcher: parts.dispatcher)
        do {
            for listener in try await parts.server.start() {
                let endpoint = SocketEndpoint(listener.host, UInt16(clamping: listener.port))
                logger.info(
                    "listening", metadata: ["kind": "\(listener.kind)", "address": "\(endpoint)"])
            }
        } catch {
            await node.stop()
            throw error
        }
        return node
    }

    /// Works until a graceful shutdown is asked for.
    func run() async throws {
        status.set(.start, nil)
        dispatcher.jobsMayWait()
        logger.info("the node is ready")
        do {
            try await work()
            await stop()
        } catch {
            await stop()
            throw error
        }
    }

    private func work() async throws {
        guard let chain else {
            try await gracefulShutdown()
            return
        }
        let open = store.recovery.openOrderedJobs.map { OrderedJob($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await chain.poster.run(openOrderedJobs: open) }
            group.addTask { try await gracefulShutdown() }
            // Whichever ends first ends the node: the shutdown, or a poster that cannot go on.
            try await group.next()
            chain.poster.stop()
            group.cancelAll()
        }
    }

    private func stop() async {
        logger.info("the node is stopping")
        status.set(.shutdown, "the node is shutting down")
        await server.shutdownGracefully()
        pool.shutdown()
        relay.connect(dispatcher: nil, poster: nil)
        let store = store
        await BlockingCall.run { store.close() }
        if let chain { await chain.http.shutdown() }
        logger.info("the node has stopped")
    }
}
