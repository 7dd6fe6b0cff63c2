internal import Bytes
internal import JobEngine
internal import NetworkIO
internal import PostingEngine

// The settings of an operator as the parts of the node take them.

extension JobEngineLimits {
    init(_ settings: JobSettings) {
        self.init()
        maxCyclesMax = settings.maxCyclesMax
        onchainInputByteCountMax = settings.onchainInputByteCountMax
        // The request is the on-chain input and room for the other fields.
        requestByteCountMax = settings.onchainInputByteCountMax + (128 << 10)
        offchainInputByteCountMax = settings.offchainInputByteCountMax
        stateByteCountMax = settings.offchainInputByteCountMax
        queueCountMax = settings.queueCountMax
        timeToLiveMilliseconds = settings.ttlSeconds == 0 ? nil : settings.ttlSeconds * 1000
    }
}

extension SignerBook {
    init(_ configuration: NodeConfiguration) {
        let settings = configuration.signatures
        var policies: [Address: SignerPolicy] = [:]
        for (consumer, signers) in settings.allowlist {
            policies[consumer] =
                settings.policy == .allowlist
                ? .allowlist(Set(signers)) : .selfOrAllowlist(Set(signers))
        }
        var limits = Limits()
        limits.validMilliseconds = settings.cacheSeconds * 1000
        self.init(
            defaultPolicy: Self.defaultPolicy(configuration), policies: policies, limits: limits)
    }

    private static func defaultPolicy(_ configuration: NodeConfiguration) -> SignerPolicy {
        switch configuration.signatures.policy {
        case .auto: configuration.chain == nil ? .selfSigned : .eip1271
        case .eip1271: .eip1271
        case .allowlist: .allowlist([])
        case .selfSigned: .selfSigned
        }
    }
}

extension PostingConfiguration {
    init(_ settings: ChainSettings) {
        self.init()
        confirmationCount = settings.confirmationCount
        inFlightMax = settings.inFlightCountMax
        failuresMax = UInt32(clamping: settings.attemptCountMax)
        feePerGasMax = settings.maxFeePerGasMax
        replacementInterval = settings.bumpSeconds * 1000
        pollInterval = settings.pollMilliseconds
    }
}

extension NetworkServerConfiguration {
    init(_ settings: APISettings) {
        var listeners: [ListenerConfiguration] = []
        func add(_ kind: ListenerKind, _ endpoint: SocketEndpoint?) {
            guard let endpoint else { return }
            listeners.append(
                ListenerConfiguration(kind: kind, host: endpoint.host, port: Int(endpoint.port)))
        }
        add(.all, settings.listen)
        add(.grpcOnly, settings.grpc)
        add(.metrics, settings.metrics)
        self.init(listeners: listeners)
        eventLoopCount = settings.eventLoopCount
        limits.connectionsPerAddressMax = settings.connectionCountPerAddressMax
    }
}

extension JobEngineLimits {
    /// What the inputs of one job may hold, in bytes, with room for their framing.
    var inputByteCountMax: Int {
        onchainInputByteCountMax + offchainInputByteCountMax + stateByteCountMax + 1024
    }
}

extension ExecutionSettings {
    /// How many programs run at once.
    var executorCount: Int {
        switch executors {
        case .processes(let count): count
        case .inProcess: NodeLimits.processorCount
        }
    }

    /// Jobs taken out of the store's line at once: those that run and some that wait for an executor.
    var claimCountMax: Int {
        max(
            executorCount, min(executorCount * NodeLimits.claimedJobCountPerExecutor, queueCountMax)
        )
    }
}
