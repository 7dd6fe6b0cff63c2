internal import ArgumentParser
internal import Bytes
internal import EthCrypto
internal import EthereumRPC
internal import NetworkIO
internal import Node

/// `tandem contracts`: the contracts of Contracts/.
struct ContractsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contracts", abstract: "Deploy the contracts.",
        subcommands: [ContractsDeployCommand.self])
}

/// `tandem contracts deploy`.
struct ContractsDeployCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploy a JobManager, a consumer and a stateful consumer.",
        discussion: """
            The key that pays comes from the options below or from RELAYER_PRIVATE_KEY.
            """)

    @Option(name: .customLong("rpc-url"), help: "The chain.") var rpcURL: String
    @Option(help: "Whose signature on results the JobManager takes.") var `operator`: Address
    @Option(
        name: .customLong("offchain-signer"),
        help: "Whose signature on requests the consumers take.")
    var offchainSigner: Address
    @Option(help: "Who posts results of jobs created onchain; by default the account that pays.")
    var relayer: Address?
    @Option(
        name: .customLong("initial-state"),
        help: "The state that the stateful consumer begins with: hexadecimal, or @FILE.")
    var initialState = HexArgument(bytes: [])
    @OptionGroup var key: KeyOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try key.load(variable: "RELAYER_PRIVATE_KEY")
        let http = try HTTPClient()
        let rpc = EthereumRPC(
            configuration: EthereumRPCConfiguration(urls: [rpcURL]), client: http)
        do {
            let contracts = try await ContractDeployer(rpc: rpc, key: key).deploy(
                operatorAddress: `operator`, relayer: relayer ?? key.address,
                offchainSigner: offchainSigner,
                initialStateHash: Keccak256.hash(initialState.bytes))
            await http.shutdown()
            output.print([
                OutputField("job_manager", contracts.jobManager.description),
                OutputField("consumer", contracts.consumer.description),
                OutputField("stateful_consumer", contracts.statefulConsumer.description),
            ])
        } catch {
            await http.shutdown()
            throw error
        }
    }
}
