internal import Bytes
internal import EthereumCodec
internal import EthereumRPC
internal import Logging
internal import PostingEngine
internal import Synchronization

/// Carries out the posting engine's questions to the chain. Every question gets exactly one answer.
final class ChainPerformer: Sendable {
    private let rpc: EthereumRPC
    private let account: Address
    private let chainID: UInt64
    private let logger: Logger
    private let isChainVerified = Atomic(false)

    init(rpc: EthereumRPC, account: Address, chainID: UInt64, logger: Logger) {
        self.rpc = rpc
        self.account = account
        self.chainID = chainID
        self.logger = logger
    }

    func observe() async -> PostingEvent {
        do throws(EthereumRPCError) {
            guard try await isRightChain() else { return .chainUnavailable(.observation) }
            let snapshot = try await rpc.snapshot(of: account)
            return .chainObserved(
                ChainView(
                    headNumber: snapshot.head.number, latestNonce: snapshot.latestNonce,
                    pendingNonce: snapshot.pendingNonce,
                    quote: FeeQuote(
                        baseFeePerGas: snapshot.baseFeePerGas,
                        priorityFeePerGas: snapshot.priorityFeePerGas)))
        } catch {
            logger.warning("the chain can't be observed", metadata: ["error": "\(error)"])
            return .chainUnavailable(.observation)
        }
    }

    /// Nothing is posted before the server has said once that it serves the configured chain: the
    /// look at the chain comes before every broadcast.
    private func isRightChain() async throws(EthereumRPCError) -> Bool {
        if isChainVerified.load(ordering: .relaxed) { return true }
        let served = try await rpc.chainID()
        guard served == chainID else {
            logger.error(
                "the server serves another chain",
                metadata: ["served": "\(served)", "configured": "\(chainID)"])
            return false
        }
        isChainVerified.store(true, ordering: .relaxed)
        return true
    }

    func estimate(_ jobID: JobID, _ call: ContractCall) async -> PostingEvent {
        do throws(EthereumRPCError) {
            return .gasEstimated(jobID, .gas(try await rpc.estimateGas(request(call))))
        } catch {
            switch Refusal(error) {
            case .unavailable: return unavailable(.gasEstimate(jobID), error)
            case .reverted(let reason): return .gasEstimated(jobID, .reverted(reason: reason))
            case .other(let reason): return .gasEstimated(jobID, .refused(reason: reason))
            }
        }
    }

    func broadcast(_ nonce: UInt64, _ transaction: SignedTerms) async -> PostingEvent {
        do throws(EthereumRPCError) {
            let result = try await rpc.sendRawTransaction(transaction.raw, hash: transaction.hash)
            return .broadcastAnswered(
                nonce: nonce, hash: transaction.hash, BroadcastAnswer(result))
        } catch {
            return unavailable(.broadcast(nonce: nonce), error)
        }
    }

    func receipts(_ nonce: UInt64, _ hashes: [Hash32]) async -> PostingEvent {
        do throws(EthereumRPCError) {
            let receipts = try await rpc.receipts(of: hashes).compactMap { $0 }
            return .receiptsAnswered(nonce: nonce, receipts.map { ReceiptView($0) })
        } catch {
            return unavailable(.receipts(nonce: nonce), error)
        }
    }

    func contractStatus(_ jobID: JobID, _ contract: Address) async -> PostingEvent {
        do throws(EthereumRPCError) {
            let metadata = try await rpc.jobMetadata(jobID, manager: contract)
            return .contractStatusAnswered(jobID, ContractJobStatus(metadata.status))
        } catch {
            guard case .unavailable = Refusal(error) else {
                return .contractStatusAnswered(jobID, .unreadable)
            }
            return unavailable(.contractStatus(jobID), error)
        }
    }

    func replay(_ jobID: JobID, _ call: ContractCall, at block: UInt64) async -> PostingEvent {
        do throws(EthereumRPCError) {
            _ = try await rpc.call(request(call), at: .number(block))
            return .callReplayed(jobID, .succeeded)
        } catch {
            switch Refusal(error) {
            case .unavailable: return unavailable(.replay(jobID), error)
            case .reverted(let reason): return .callReplayed(jobID, .reverted(reason: reason))
            case .other(let reason): return .callReplayed(jobID, .refused(reason: reason))
            }
        }
    }

    private func request(_ call: ContractCall) -> CallRequest {
        CallRequest(from: account, to: call.to, data: call.calldata)
    }

    private func unavailable(_ request: ChainRequest, _ error: EthereumRPCError) -> PostingEvent {
        logger.warning(
            "the chain gave no answer",
            metadata: ["request": "\(request)", "error": "\(error)"])
        return .chainUnavailable(request)
    }
}

/// What an error says about the call itself.
private enum Refusal {
    /// Nothing: the server is at fault.
    case unavailable
    case reverted(String)
    case other(String)

    init(_ error: EthereumRPCError) {
        guard case .server(let answer) = error, !error.isServersFault else {
            self = error.isServersFault ? .unavailable : .other(error.description)
            return
        }
        self =
            answer.isRevert || answer.isExecutionFailure
            ? .reverted(answer.revertReason) : .other(answer.description)
    }
}

extension BroadcastAnswer {
    fileprivate init(_ result: BroadcastResult) {
        switch result {
        case .accepted: self = .accepted
        case .refused(.nonceTooLow): self = .nonceTooLow
        case .refused(.underpriced): self = .underpriced
        case .refused(.insufficientFunds): self = .insufficientFunds
        case .refused(.permanent(let reason)): self = .refused(reason: reason)
        case .refused(.temporary(let reason)): self = .deferred(reason: reason)
        }
    }
}

extension ReceiptView {
    fileprivate init(_ receipt: TransactionReceipt) {
        self.init(
            transactionHash: receipt.transactionHash, blockNumber: receipt.blockNumber,
            blockHash: receipt.blockHash, isSuccess: receipt.isSuccess)
    }
}

extension ContractJobStatus {
    fileprivate init(_ status: JobMetadata.Status) {
        switch status {
        case .unknown, .pending: self = .open
        case .cancelled: self = .cancelled
        case .completed: self = .completed
        }
    }
}
