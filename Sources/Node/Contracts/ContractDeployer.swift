package import Bytes
package import EthCrypto
internal import EthereumCodec
package import EthereumRPC

/// Where the contracts ended up.
package struct DeployedContracts: Sendable {
    package let jobManager: Address
    package let consumer: Address
    package let statefulConsumer: Address
}

/// Why contracts were not deployed.
package enum ContractDeploymentError: Error, CustomStringConvertible {
    case chain(EthereumRPCError)
    case refused(contract: String, reason: String)
    case failed(contract: String, transaction: Hash32)
    case notMined(contract: String, transaction: Hash32)

    package var description: String {
        switch self {
        case .chain(let error): "the chain gives no answer: \(error)"
        case .refused(let contract, let reason): "the chain refused \(contract): \(reason)"
        case .failed(let contract, let transaction):
            "the creation of \(contract) failed in transaction \(transaction)"
        case .notMined(let contract, let transaction):
            "the creation of \(contract) was sent as \(transaction) and is not mined yet"
        }
    }
}

/// Deploys a JobManager and two consumers, one transaction after the other.
package struct ContractDeployer: Sendable {
    private let rpc: EthereumRPC
    private let key: PrivateKey

    /// A deployer that pays with `key`.
    package init(rpc: EthereumRPC, key: PrivateKey) {
        self.rpc = rpc
        self.key = key
    }

    /// Deploys the three contracts.
    /// - Parameters:
    ///   - operatorAddress: whose signature on results the JobManager takes.
    ///   - relayer: who may post results of jobs that were created on the chain.
    ///   - offchainSigner: whose signature on requests the consumers take.
    ///   - initialStateHash: keccak256 of the state that the stateful consumer begins with.
    package func deploy(
        operatorAddress: Address, relayer: Address, offchainSigner: Address,
        initialStateHash: Hash32
    ) async throws(ContractDeploymentError) -> DeployedContracts {
        var managerArguments = ABIWriter(fieldCount: 2)
        managerArguments.append(relayer)
        managerArguments.append(operatorAddress)
        let manager = try await create(
            "JobManager", ContractBytecode.jobManager, managerArguments.finish())

        var consumerArguments = ABIWriter(fieldCount: 2)
        consumerArguments.append(manager)
        consumerArguments.append(offchainSigner)
        let consumer = try await create(
            "SingleOffchainSignerConsumer", ContractBytecode.singleOffchainSignerConsumer,
            consumerArguments.finish())

        var statefulArguments = ABIWriter(fieldCount: 3)
        statefulArguments.append(manager)
        statefulArguments.append(offchainSigner)
        statefulArguments.append(initialStateHash)
        let stateful = try await create(
            "StatefulConsumer", ContractBytecode.statefulConsumer, statefulArguments.finish())
        return DeployedContracts(
            jobManager: manager, consumer: consumer, statefulConsumer: stateful)
    }

    private func create(
        _ name: String, _ code: String, _ arguments: [UInt8]
    ) async throws(ContractDeploymentError) -> Address {
        let transaction: SignedTransaction
        let answer: BroadcastResult
        do throws(EthereumRPCError) {
            transaction = try await creation((Hex.decode(code) ?? []) + arguments)
            answer = try await rpc.sendRawTransaction(transaction.raw, hash: transaction.hash)
        } catch {
            throw .chain(error)
        }
        if case .refused(let refusal) = answer {
            throw .refused(contract: name, reason: "\(refusal)")
        }
        return try await contractAddress(name, transaction.hash)
    }

    /// A transaction that creates a contract, at the fees of the moment with room for six full blocks.
    private func creation(_ data: [UInt8]) async throws(EthereumRPCError) -> SignedTransaction {
        let chain = try await rpc.snapshot(of: key.address)
        let call = CallRequest(from: key.address, to: nil, data: data)
        let gas = try await rpc.estimateGas(call)
        let fee = UInt256(chain.baseFeePerGas).multipliedReportingOverflow(by: 2).product
        let priority = UInt256(chain.priorityFeePerGas)
        return DynamicFeeTransaction(
            chainID: try await rpc.chainID(), nonce: chain.pendingNonce,
            maxPriorityFeePerGas: priority,
            maxFeePerGas: fee.addingReportingOverflow(priority).sum,
            gasLimit: gas.addingReportingOverflow(gas / 4).partialValue, to: nil, value: .zero,
            data: data, accessList: []
        ).signed(by: key)
    }

    private func contractAddress(
        _ name: String, _ hash: Hash32
    ) async throws(ContractDeploymentError) -> Address {
        for _ in 0..<NodeLimits.deploymentPollCountMax {
            let receipt: TransactionReceipt?
            do throws(EthereumRPCError) {
                receipt = try await rpc.receipt(of: hash)
            } catch {
                throw .chain(error)
            }
            if let receipt {
                guard receipt.isSuccess, let address = receipt.contractAddress else {
                    throw .failed(contract: name, transaction: hash)
                }
                return address
            }
            // Sleeping fails only when the task is cancelled; then the next look is early, no more.
            try? await Task.sleep(for: .milliseconds(NodeLimits.deploymentPollMilliseconds))
        }
        throw .notMined(contract: name, transaction: hash)
    }
}
