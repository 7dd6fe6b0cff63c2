package import Bytes
package import EthCrypto
package import EthereumCodec
package import EthereumRPC
import Foundation
package import NetworkIO
package import TestSupport

/// A development chain of the length of a test, with keys that hold money.
package struct DevChain: Sendable {
    package struct Failure: Error {
        let reason: String
    }

    package let server: ServerProcess
    package let url: String
    package let client: HTTPClient
    /// What a test itself asks the chain with.
    package let rpc: EthereumRPC

    package static let chainID: UInt64 = 31337

    /// How long a test waits for an answer. The chain computes in Python, one request after the other,
    /// and the machine may be busy with other things: this ends a test that hangs, and no other.
    package static let timeoutMilliseconds: Int64 = 300_000

    private static let secrets = [
        "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
        "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
        "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
        "7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
    ]

    /// Starts a chain with further `arguments` of devchain.py, for as long as `body` runs.
    package static func run(
        _ arguments: [String] = [], _ body: (DevChain) async throws -> Void
    ) async throws {
        // The chain listens on a port that the system chose before it says which.
        let server = try ServerProcess("DevChain/devchain.py", ["--port", "0"] + arguments)
        var configuration = HTTPClientConfiguration()
        configuration.requestTimeoutMilliseconds = timeoutMilliseconds
        let client = try HTTPClient(configuration: configuration)
        do {
            let url = "http://127.0.0.1:\(try port(in: server.firstLine))"
            let rpc = rpc(url, client, timeoutMilliseconds: timeoutMilliseconds)
            try await body(DevChain(server: server, url: url, client: client, rpc: rpc))
        } catch {
            await client.shutdown()
            throw error
        }
        await client.shutdown()
        server.stop()
    }

    /// Another client of the chain, whose requests take no longer than this.
    package func rpc(
        timeoutMilliseconds: Int64 = DevChain.timeoutMilliseconds, observer: RPCObserver
    ) -> EthereumRPC {
        Self.rpc(url, client, timeoutMilliseconds: timeoutMilliseconds, observer: observer)
    }

    private static func rpc(
        _ url: String, _ client: HTTPClient, timeoutMilliseconds: Int64,
        observer: RPCObserver = RPCObserver()
    ) -> EthereumRPC {
        var configuration = EthereumRPCConfiguration(urls: [url])
        configuration.timeoutMilliseconds = timeoutMilliseconds
        return EthereumRPC(configuration: configuration, client: client, observer: observer)
    }

    private static func port(in line: String) throws -> UInt64 {
        guard let port = try JSONValue(parsing: Array(line.utf8))["port"]?.asUInt64 else {
            throw Failure(reason: "the chain names no port: \(line)")
        }
        return port
    }

    /// The key of one of the accounts with money, 0 to 3.
    package static func key(_ index: Int) throws -> PrivateKey {
        try PrivateKey(Hex.decode(secrets[index]) ?? [])
    }

    /// One of the chain's methods for tests.
    @discardableResult
    package func control(
        _ method: String, _ parameters: [JSONValue] = []
    ) async throws -> JSONValue {
        let request = JSONValue.object([
            JSONMember("jsonrpc", .string("2.0")), JSONMember("id", .number("1")),
            JSONMember("method", .string(method)), JSONMember("params", .array(parameters)),
        ])
        let answer = try await client.post(
            url: url, body: request.encoded(), headers: ["content-type": "application/json"])
        guard let result = try JSONValue(parsing: answer.body)["result"] else {
            throw Failure(reason: String(decoding: answer.body, as: UTF8.self))
        }
        return result
    }

    /// Makes blocks.
    package func mine(_ count: Int = 1) async throws {
        for _ in 0..<count {
            try await control("evm_mine")
        }
    }

    /// Sends a transaction; returns its receipt when the chain mines at once.
    @discardableResult
    package func send(
        _ key: PrivateKey, to: Address?, data: [UInt8], gasLimit: UInt64 = 5_000_000
    ) async throws -> TransactionReceipt? {
        let hash = try await broadcast(key, to: to, data: data, gasLimit: gasLimit)
        return try await rpc.receipt(of: hash)
    }

    /// Sends a transaction and returns its hash.
    package func broadcast(
        _ key: PrivateKey, to: Address?, data: [UInt8], gasLimit: UInt64 = 5_000_000
    ) async throws -> Hash32 {
        let snapshot = try await rpc.snapshot(of: key.address)
        let transaction = DynamicFeeTransaction(
            chainID: Self.chainID, nonce: snapshot.pendingNonce,
            maxPriorityFeePerGas: UInt256(1_000_000_000), maxFeePerGas: UInt256(9_000_000_000),
            gasLimit: gasLimit, to: to, data: data
        ).signed(by: key)
        let result = try await rpc.sendRawTransaction(transaction.raw, hash: transaction.hash)
        guard result == .accepted else { throw Failure(reason: "\(result)") }
        return transaction.hash
    }

    /// Deploys a contract of `Contracts/artifacts`; the words are its constructor's arguments.
    package func deploy(
        _ name: String, by key: PrivateKey, _ words: [Hash32]
    ) async throws -> Address {
        let file = PythonOracle.packageRoot
            .appendingPathComponent("Contracts/artifacts/\(name).json")
        let artifact = try JSONValue(parsing: [UInt8](Data(contentsOf: file)))
        guard let code = artifact["bytecode"]?.asString.flatMap({ Hex.decode($0) }) else {
            throw Failure(reason: "\(name) has no bytecode")
        }
        let hash = try await broadcast(key, to: nil, data: code + words.flatMap(\.bytes))
        try await mine()
        guard let address = try await rpc.receipt(of: hash)?.contractAddress else {
            throw Failure(reason: "\(name) was not created")
        }
        return address
    }
}
