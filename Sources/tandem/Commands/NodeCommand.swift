internal import ArgumentParser
internal import Node

/// `tandem node`: the node itself, in the foreground.
struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Run a node until it is told to stop (SIGTERM or SIGINT).",
        discussion: """
            Settings come from --config (YAML), from the environment (api.listen is TANDEM_API_LISTEN) and
            from the command line, the later ones winning. `tandem node --list-settings` prints all of them.

            Keys come from keystore files (keys.operatorKeystoreFile and keys.operatorPasswordFile, likewise
            keys.relayer…), from inherited descriptors (keys.operatorDescriptor), or from the variables
            ZKVM_OPERATOR_PRIVATE_KEY and RELAYER_PRIVATE_KEY.

            Without chain.rpcURL the node runs jobs and answers for them, and posts nothing.
            """)

    @Option(help: "A YAML file with settings.") var config: String?
    @Option(help: "data.directory: where the store is (tandem-data).") var data: String?
    @Option(help: "api.listen: REST, HTTP/2 and gRPC on one port, or off (127.0.0.1:8080).")
    var listen: String?
    @Option(help: "api.grpc: a further address for gRPC, or off (127.0.0.1:50051).")
    var grpc: String?
    @Option(help: "api.metrics: metrics, health and the outbox, or off (127.0.0.1:3001).")
    var metrics: String?
    @Option(name: .customLong("rpc-url"), help: "chain.rpcURL: the chain to post to.")
    var rpcURL: String?
    @Option(name: .customLong("job-manager"), help: "chain.jobManager: the contract to post to.")
    var jobManager: String?
    @Option(help: "execution.executors: a number, or in-process for debugging.")
    var executors: String?
    @Option(name: .customLong("set"), help: "Any setting, as key=value; may be repeated.")
    var settings: [String] = []
    @Flag(name: .customLong("list-settings"), help: "Print every setting and exit.")
    var listSettings = false

    func run() async throws {
        if listSettings {
            for key in NodeConfiguration.knownKeys { print(key) }
            return
        }
        let configuration = try ConfigurationLoader.load(
            path: config, environment: ProcessEnvironment.all, settings: settings, flags: flags)
        try await NodeRuntime.run(configuration)
    }

    private var flags: [String: String] {
        let pairs = [
            ("data.directory", data), ("api.listen", listen), ("api.grpc", grpc),
            ("api.metrics", metrics), ("chain.rpcURL", rpcURL), ("chain.jobManager", jobManager),
            ("execution.executors", executors),
        ]
        return Dictionary(
            uniqueKeysWithValues: pairs.compactMap { key, value in value.map { (key, $0) } })
    }
}
