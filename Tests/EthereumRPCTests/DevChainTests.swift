import Bytes
import ChainTestSupport
import EthCrypto
import EthereumCodec
import NetworkIO
import Synchronization
import TestSupport
import Testing

@testable import EthereumRPC

@Suite("Ethereum RPC against the development chain", .serialized)
struct DevChainTests {
    @Test("accounts, blocks and fees")
    func basics() async throws {
        try await DevChain.run { chain in
            let account = try DevChain.key(0).address
            #expect(try await chain.rpc.chainID() == DevChain.chainID)
            #expect(try await chain.rpc.blockNumber() == 0)
            #expect(
                try await chain.rpc.balance(of: account).description
                    == "10000000000000000000000")
            #expect(try await chain.rpc.code(of: account) == [])
            #expect(try await chain.rpc.header(.number(99)) == nil)
            try await chain.mine(3)
            let head = try #require(try await chain.rpc.header(.latest))
            #expect(head.number == 3)
            let parent = try await chain.rpc.header(.number(2))
            #expect(head.parentHash == parent?.hash)
            let history = try await chain.rpc.feeHistory(blockCount: 3, percentile: 50)
            #expect(history.baseFees.count == 4)
            #expect(try await chain.rpc.maxPriorityFeePerGas() == 1_000_000_000)
            let snapshot = try await chain.rpc.snapshot(of: account)
            #expect(snapshot.head == head)
            #expect(snapshot.latestNonce == 0 && snapshot.pendingNonce == 0)
            #expect(snapshot.baseFeePerGas == history.nextBaseFee)
        }
    }

    @Test("a result is posted: estimate, receipt, logs, metadata, EIP-1271, revert reasons")
    func jobs() async throws {
        try await DevChain.run { chain in
            let jobs = try await JobFixture(on: chain)
            let owner = try DevChain.key(0)
            let call = CallRequest(
                from: owner.address, to: jobs.manager, data: jobs.calldata(1))
            #expect(try await chain.rpc.estimateGas(call) > 100_000)
            let receipt = try #require(
                try await chain.send(owner, to: jobs.manager, data: jobs.calldata(1)))
            #expect(receipt.isSuccess)
            let logs = try await chain.rpc.logs(
                LogFilter(
                    fromBlock: .number(0), toBlock: .latest, addresses: [jobs.manager],
                    eventTopics: [JobManagerEvent.jobCompletedTopic]))
            #expect(logs.map(\.transactionHash) == [receipt.transactionHash])
            #expect(logs == receipt.logs.filter { $0.event.address == jobs.manager })
            let jobID = jobs.request(1).jobID
            let metadata = try await chain.rpc.jobMetadata(jobID, manager: jobs.manager)
            #expect(metadata.status == .completed)
            let transaction = try await chain.rpc.transaction(receipt.transactionHash)
            #expect(transaction?.blockNumber == receipt.blockNumber)
            try await expectRevert(chain, call, "nonce is already used")
            try await expectSignatures(chain, jobs)
        }
    }

    private func expectRevert(
        _ chain: DevChain, _ call: CallRequest, _ reason: String
    ) async throws {
        do throws(EthereumRPCError) {
            _ = try await chain.rpc.estimateGas(call)
            Issue.record("estimated")
        } catch {
            guard case .server(let error) = error else { throw error }
            #expect(error.isRevert && !error.isRetryable)
            #expect(error.revertReason.contains(reason), "\(error.revertReason)")
        }
    }

    private func expectSignatures(_ chain: DevChain, _ jobs: JobFixture) async throws {
        let request = jobs.request(2).encoded()
        let digest = EIP191.digest(request)
        let signature = jobs.signature(on: request)
        let isValid = { (signature: [UInt8], contract: Address) in
            try await chain.rpc.isValidSignature(signature, over: digest, contract: contract)
        }
        #expect(try await isValid(signature, jobs.consumer))
        var foreign = signature
        foreign[5] ^= 1
        #expect(try await !isValid(foreign, jobs.consumer))
        #expect(try await !isValid([], jobs.consumer))
        #expect(try await !isValid(signature, jobs.manager))
        #expect(try await !isValid(signature, try DevChain.key(2).address))
        await #expect(throws: EthereumRPCError.self) {
            try await chain.rpc.jobMetadata(jobs.request(2).jobID, manager: jobs.consumer)
        }
    }

    @Test("the chain's refusals of transactions are told apart")
    func refusals() async throws {
        try await DevChain.run(["--no-mining"]) { chain in
            let key = try DevChain.key(3)
            let send = { (nonce: UInt64, fee: UInt64, gas: UInt64) in
                let transaction = DynamicFeeTransaction(
                    chainID: DevChain.chainID, nonce: nonce,
                    maxPriorityFeePerGas: UInt256(fee), maxFeePerGas: UInt256(fee),
                    gasLimit: gas, to: key.address, data: []
                ).signed(by: key)
                return try await chain.rpc.sendRawTransaction(
                    transaction.raw, hash: transaction.hash)
            }
            #expect(try await send(0, 2_000_000_000, 21_000) == .accepted)
            #expect(try await send(0, 2_000_000_000, 21_000) == .accepted)
            #expect(try await send(0, 2_100_000_000, 21_000) == .refused(.underpriced))
            #expect(try await send(0, 2_200_000_000, 21_000) == .accepted)
            #expect(try await chain.rpc.snapshot(of: key.address).pendingNonce == 1)
            try await chain.mine()
            #expect(try await send(0, 3_000_000_000, 21_000) == .refused(.nonceTooLow))
            guard case .refused(.permanent) = try await send(1, 2_000_000_000, 20_000),
                case .refused(.permanent) = try await send(1, 2_000_000_000, 40_000_000)
            else {
                Issue.record("not refused for good")
                return
            }
            #expect(
                try await send(1, 1 << 62, 21_000) == .refused(.insufficientFunds))
        }
    }

    @Test("another server takes over when one is down; every request is observed")
    func failover() async throws {
        try await DevChain.run { chain in
            let dead = "http://127.0.0.1:\(ServerProcess.freePort())"
            let seen = Mutex<[(Int, String?)]>([])
            let observer = RPCObserver { request in
                seen.withLock { $0.append((request.serverIndex, request.error?.shortName)) }
            }
            let rpc = EthereumRPC(
                configuration: EthereumRPCConfiguration(urls: [dead, chain.url]),
                client: chain.client, observer: observer)
            let number = try await rpc.blockNumber()
            let chainID = try await rpc.chainID()
            #expect(number == 0 && chainID == DevChain.chainID)
            let requests = seen.withLock { $0 }
            #expect(requests.map(\.0) == [0, 1, 1])
            #expect(requests.map(\.1) == ["connect_failed", nil, nil])
            let allDead = EthereumRPC(
                configuration: EthereumRPCConfiguration(urls: [dead]), client: chain.client)
            await #expect(throws: EthereumRPCError.self) { try await allDead.blockNumber() }
        }
    }
}
