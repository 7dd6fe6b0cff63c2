internal import Bytes
internal import EthCrypto
internal import EthereumCodec
internal import EthereumRPC
internal import GuestRuntime
internal import NetworkIO
internal import Node
internal import NodeAPI

/// The steps of the demonstration. Everything is real: the processes, the signatures, the program, the
/// transactions.
struct Demo {
    /// The first account of the development chain, known to everybody.
    private static let relayerKey =
        "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
    private static let resultWaitSeconds: UInt64 = 30
    private static let relayPollCountMax = 600

    private let checkout: Checkout
    private let relayer: PrivateKey
    private let nodeOperator: PrivateKey
    private let app: PrivateKey

    init(checkout: Checkout) throws {
        self.checkout = checkout
        relayer = try PrivateKey(Hex.decode(Self.relayerKey) ?? [])
        nodeOperator = try PrivateKey.generate(entropy: SystemRandom.bytes(32))
        app = try PrivateKey.generate(entropy: SystemRandom.bytes(32))
    }

    func run(number: UInt64) async throws {
        let logs = try TemporaryDirectory()
        let data = try TemporaryDirectory()

        print("==> starting a development chain (py-evm)")
        let chain = try startChain(logs.path)
        let chainURL = try chain.waitForLog(Self.chainURL)
        print("    \(chainURL)")

        print("==> deploying JobManager and the consumer contracts")
        let http = try HTTPClient()
        let rpc = EthereumRPC(
            configuration: EthereumRPCConfiguration(urls: [chainURL]), client: http)
        do {
            let contracts = try await ContractDeployer(rpc: rpc, key: relayer).deploy(
                operatorAddress: nodeOperator.address, relayer: relayer.address,
                offchainSigner: app.address, initialStateHash: Keccak256.hash([]))
            print("    JobManager \(contracts.jobManager), consumer \(contracts.consumer)")

            print("==> starting a node")
            let node = try startNode(
                logs.path, data.path, chainURL: chainURL, jobManager: contracts.jobManager)
            let nodeURL = try node.waitForLog(Self.nodeURL)
            print("    \(nodeURL), operator \(nodeOperator.address)")

            let client = NodeClient(baseURL: nodeURL, http: http)
            let jobID = try await runJob(client, number: number, consumer: contracts.consumer)
            try await showOnchain(client, rpc, jobID, consumer: contracts.consumer, number: number)
        } catch {
            await http.shutdown()
            throw error
        }
        await http.shutdown()
    }

    // MARK: Processes

    private func startChain(_ directory: String) throws(DemoError) -> BackgroundProcess {
        try BackgroundProcess(
            name: "the development chain", executable: checkout.python,
            arguments: [checkout.chainScript, "--port", "0"], variables: [:],
            log: directory + "/chain.log")
    }

    private func startNode(
        _ directory: String, _ data: String, chainURL: String, jobManager: Address
    ) throws(DemoError) -> BackgroundProcess {
        let operatorKey = nodeOperator.secret.withBytes { Hex.encode([UInt8](copying: $0)) }
        return try BackgroundProcess(
            name: "the node", executable: "/proc/self/exe",
            arguments: [
                "node", "--data", data, "--listen", "127.0.0.1:0", "--grpc", "off", "--metrics",
                "off", "--rpc-url", chainURL, "--job-manager", jobManager.description, "--set",
                "log.format=json", "--set", "chain.pollMilliseconds=100",
            ],
            variables: [
                "ZKVM_OPERATOR_PRIVATE_KEY": operatorKey, "RELAYER_PRIVATE_KEY": Self.relayerKey,
            ],
            log: directory + "/node.log")
    }

    private static func chainURL(_ log: String) -> String? {
        for line in log.split(separator: "\n") {
            guard let said = try? JSONObject(parsing: Array(line.utf8)) else { continue }
            if case .number(let port) = said["port"] { return "http://127.0.0.1:\(port)" }
        }
        return nil
    }

    private static func nodeURL(_ log: String) -> String? {
        var address: String?
        for line in log.split(separator: "\n") {
            // Other lines of the log are not flat objects, or of other processes.
            guard let said = try? JSONObject(parsing: Array(line.utf8)) else { continue }
            if said.text("message") == "listening" { address = said.text("address") }
            if said.text("message") == "the node is ready" { return address.map { "http://" + $0 } }
        }
        return nil
    }

    // MARK: The job

    private func runJob(
        _ client: NodeClient, number: UInt64, consumer: Address
    ) async throws -> String {
        print("==> compiling the square-root program (Swift, for SP1) and registering it")
        var builder = try GuestBuilder(
            vm: .sp1, sdk: GuestSDK(explicit: nil), toolchain: GuestToolchain())
        let product = try builder.build(GuestSources([checkout.program]))
        let programID = try await client.submitProgram(elf: product.elf, vm: "sp1", id: nil)
        print("    program \(programID), \(product.elf.count) bytes")

        print("==> submitting a signed job over REST: the square root of \(number)")
        var input = ABIWriter(fieldCount: 1)
        input.append(UInt256(number))
        let request = OffchainJobRequest(
            nonce: try await client.nextNonce(of: consumer), maxCycles: 1_000_000,
            consumer: consumer, programID: product.program.computedID.bytes,
            onchainInput: input.finish(), offchainInputHash: Keccak256.hash([]),
            stateHash: Keccak256.hash([]))
        let encoded = request.encoded()
        let job = SignedJob(
            id: request.jobID, request: encoded,
            signature: app.sign(EIP191.digest(encoded)).bytes65)
        let jobID = try await client.submitJob(job, offchainInput: [], state: [], ordered: false)
        print("    accepted and on disk: job \(jobID)")

        print("==> polling for the result")
        let done = try await client.job(jobID, waitSeconds: Self.resultWaitSeconds)
        let status = done.text("status") ?? ""
        guard ["DONE", "RELAYED"].contains(status), case .number(let cycles) = done["cycles"] else {
            throw DemoError.wrong("the job is \(status): \(done.text("failure_reason") ?? "")")
        }
        print("    \(status) after \(cycles) cycles, signed by the operator")
        return jobID
    }

    private func showOnchain(
        _ client: NodeClient, _ rpc: EthereumRPC, _ jobID: String, consumer: Address, number: UInt64
    ) async throws {
        print("==> waiting for the result to arrive in the contract")
        for _ in 0..<Self.relayPollCountMax {
            let job = try await client.job(jobID, waitSeconds: 0)
            if job.text("status") == "RELAYED" {
                print("    transaction \(job.text("relay_tx_hash") ?? "")")
                return try await showResult(rpc, jobID, consumer: consumer, number: number)
            }
            if job.text("status") == "FAILED" {
                throw DemoError.wrong(job.text("failure_reason") ?? "")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw DemoError.wrong("the result did not arrive")
    }

    /// Reads getResult(bytes32), an ABI byte string that holds (uint256 number, uint256 root).
    private func showResult(
        _ rpc: EthereumRPC, _ jobID: String, consumer: Address, number: UInt64
    ) async throws {
        let call = ABI.selector("getResult(bytes32)") + (Hex.decode(jobID) ?? [])
        let answer = try await rpc.call(CallRequest(to: consumer, data: call))
        guard answer.count == 128, let stated = Hash32(answer[64..<96]),
            let root = Hash32(answer[96..<128]), UInt256(stated) == UInt256(number)
        else { throw DemoError.wrong("the contract has no result") }
        print("    consumer contract: the square root of \(number) is \(UInt256(root))")
    }
}
