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

/// Makes the parts of a node from its configuration and connects them. The executors run and the store is
/// open afterwards; nothing listens yet.
struct NodeParts {
    let status = NodeStatus()
    let metrics = NodeMetrics()
    let relay = CommitRelay()
    let store: JobStore
    let pool: ExecutionPool
    let chain: RunningNode.ChainParts?
    let dispatcher: JobDispatcher
    let server: NetworkServer<NodeService<NodeOperations>>

    init(_ configuration: NodeConfiguration, logger: Logger) throws {
        let operatorKey = try KeyLoader.load(configuration.keys.operatorKey)
        let relayerKey = try configuration.chain.map { _ in
            try KeyLoader.load(configuration.keys.relayerKey)
        }
        logger.info("operator", metadata: ["address": "\(operatorKey.address)"])

        let limits = JobEngineLimits(configuration.jobs)
        store = try Self.openStore(
            configuration, limits: limits, operatorAddress: operatorKey.address, relay: relay,
            logger: logger)
        let workers = ReadWorkers(
            threadCount: 2, waitingCountMax: NodeLimits.waitingReadCountMax)
        pool = try Self.startPool(
            configuration.execution, dataDirectory: configuration.dataDirectory, limits: limits,
            store: store, logger: logger)
        chain = try Self.makeChain(
            configuration.chain, key: relayerKey, store: store, workers: workers,
            metrics: metrics, logger: logger)

        let bridge = chain.map { PosterBridge(poster: $0.poster) }
        dispatcher = JobDispatcher(
            store: store, pool: pool,
            signer: ResultSigner(
                operatorKey: operatorKey, jobManager: configuration.chain?.jobManager),
            poster: bridge, claimCountMax: configuration.execution.claimCountMax,
            metrics: metrics, status: status, logger: logger)
        relay.connect(dispatcher: dispatcher, poster: bridge)

        let gate = SignerGate(
            book: SignerBook(configuration), oracle: chain.map { ChainOracle(rpc: $0.rpc) },
            metrics: metrics)
        let operations = NodeOperations(
            store: store, pool: pool, gate: gate, workers: workers, limits: limits,
            elfByteCountMax: configuration.api.elfByteCountMax, metrics: metrics, status: status)
        let face = chain.map { OperatorFace(poster: $0.poster, persistence: $0.persistence) }
        let service = NodeService(
            operations: operations, operatorFace: face, settings: configuration.api)
        server = NetworkServer(
            configuration: NetworkServerConfiguration(configuration.api), service: service)
        metrics.addGauges(store: store, pool: pool, network: server.metrics)
    }

    private static func openStore(
        _ configuration: NodeConfiguration, limits: JobEngineLimits, operatorAddress: Address,
        relay: CommitRelay, logger: Logger
    ) throws -> JobStore {
        try DataDirectory.create(configuration.dataDirectory)
        var store = JobStoreConfiguration(path: configuration.dataDirectory)
        store.engineLimits = limits
        store.expectedOperator = operatorAddress
        store.observer = { relay.committed($0) }
        let opened = try JobStore(store)
        let report = opened.recovery
        logger.info(
            "store opened",
            metadata: [
                "path": "\(configuration.dataDirectory)", "jobs": "\(report.jobCount)",
                "queued": "\(report.queuedCount)", "interrupted": "\(report.interruptedCount)",
                "outbox": "\(report.outboxCount)", "programs": "\(report.programCount)",
            ])
        return opened
    }

    private static func startPool(
        _ settings: ExecutionSettings, dataDirectory: String, limits: JobEngineLimits,
        store: JobStore, logger: Logger
    ) throws -> ExecutionPool {
        var configuration = ExecutionPoolConfiguration(executorCount: settings.executorCount)
        configuration.codeCache = codeCache(settings, dataDirectory, logger)
        if settings.executors == .inProcess {
            configuration.executors = .inProcess
            logger.warning("programs run inside the node, without a sandbox")
        }
        // Every claimed job finds room, whatever clients have checked and tried.
        configuration.queuedRequestCountMax =
            settings.claimCountMax + NodeLimits.clientExecutionCountMax
        configuration.queuedByteCountMax =
            settings.claimCountMax * limits.inputByteCountMax
            + NodeLimits.clientExecutionByteCountMax
        configuration.wallClockLimit = .seconds(Int64(clamping: settings.wallClockSecondsMax))
        let pool = try ExecutionPool(configuration: configuration, logger: logger) { id in
            guard let record = store.program(id), let vm = GuestVM(rawValue: record.vm) else {
                return nil
            }
            do throws(JobStoreError) {
                return try store.elf(of: id).map {
                    ProgramImage(elf: $0, vm: vm, computedID: record.computedID)
                }
            } catch {
                logger.error("a program cannot be read", error: error)
                return nil
            }
        }
        try pool.start()
        return pool
    }

    /// Translations of programs live beside the store that has the programs. Without knowing which build
    /// this is, none is kept in files: another build's must never run.
    private static func codeCache(
        _ settings: ExecutionSettings, _ dataDirectory: String, _ logger: Logger
    ) -> CodeCacheConfiguration {
        var cache = CodeCacheConfiguration()
        cache.fileByteCountMax = settings.codeCacheByteCountMax
        guard settings.codeCacheByteCountMax > 0 else { return cache }
        guard let build = BuildIdentity.compute() else {
            logger.warning("translations of programs are not kept: /proc/self/exe cannot be read")
            return cache
        }
        cache.build = build
        cache.directory = dataDirectory + "/translations"
        return cache
    }

    private static func makeChain(
        _ settings: ChainSettings?, key: PrivateKey?, store: JobStore, workers: ReadWorkers,
        metrics: NodeMetrics, logger: Logger
    ) throws -> RunningNode.ChainParts? {
        guard let settings, let key else { return nil }
        let http = try HTTPClient()
        let rpc = EthereumRPC(
            configuration: EthereumRPCConfiguration(urls: [settings.rpcURL]), client: http)
        let persistence = StorePersistence(store: store, workers: workers)
        var observer = PosterObserver()
        observer.postingEnded = { outcome in
            switch outcome.ending {
            case .relayed: metrics.relayed.add()
            case .failed: metrics.relayErrors.add()
            }
        }
        observer.postingBuried = { jobID, reason in
            metrics.relayErrors.add()
            logger.error(
                "a posting became a dead letter; see `tandem outbox`",
                metadata: ["job": "\(jobID)", "reason": "\(reason)"])
        }
        logger.info("relayer", metadata: ["address": "\(key.address)"])
        let poster = Poster(
            configuration: PostingConfiguration(settings), signer: TransactionSigner(key: key),
            chainID: settings.chainID, rpc: rpc, persistence: persistence, logger: logger,
            observer: observer)
        return RunningNode.ChainParts(
            http: http, rpc: rpc, poster: poster, persistence: persistence)
    }
}
