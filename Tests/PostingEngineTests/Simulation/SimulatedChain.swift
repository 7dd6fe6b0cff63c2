import Bytes
import TestSupport

@testable import PostingEngine

/// A chain with one account: pool, blocks, base fee and reorgs. It counts what the poster must never do.
struct SimulatedChain {
    /// How the contract treats a job.
    enum Behaviour { case accepts, refuses, completedByOthers, neverBroadcast, failsOnceMined }

    struct Block {
        var transactions: [TestTransaction] = []
        var foreignCount: UInt64 = 0
    }

    var behaviours: [JobID: Behaviour] = [:]
    var blocks: [Block] = [Block()]
    var pool: [UInt64: TestTransaction] = [:]
    var baseFee: UInt64 = 1000
    var isFunded = true
    var isOut = false
    /// Transactions that the store has recorded; nothing else may arrive here.
    var recordedHashes: Set<Hash32> = []
    var violations: [String] = []

    var headNumber: UInt64 { UInt64(blocks.count - 1) }

    var nonce: UInt64 {
        blocks.reduce(0) { $0 + UInt64($1.transactions.count) + $1.foreignCount }
    }

    var pendingNonce: UInt64 {
        var next = nonce
        while pool[next] != nil { next += 1 }
        return next
    }

    var view: ChainView {
        ChainView(
            headNumber: headNumber, latestNonce: nonce, pendingNonce: pendingNonce,
            quote: FeeQuote(baseFeePerGas: baseFee, priorityFeePerGas: 10))
    }

    /// Jobs whose result stands on the chain through our own transactions, in order.
    var postedJobs: [JobID] {
        blocks.flatMap(\.transactions).compactMap { $0.jobID }.filter { succeeds($0) }
    }

    func succeeds(_ jobID: JobID) -> Bool { behaviours[jobID] == .accepts }

    mutating func broadcast(_ raw: [UInt8]) -> BroadcastAnswer {
        guard let transaction = TestTransaction(raw: raw) else {
            violations.append("unreadable transaction")
            return .refused(reason: "unreadable")
        }
        if !recordedHashes.contains(transaction.hash) {
            violations.append(
                "transaction \(transaction.hash) was broadcast before it was recorded")
        }
        if let jobID = transaction.jobID, behaviours[jobID] == .neverBroadcast {
            return .refused(reason: "exceeds block gas limit")
        }
        guard transaction.nonce >= nonce else { return .nonceTooLow }
        guard isFunded else { return .insufficientFunds }
        if let old = pool[transaction.nonce], old.hash != transaction.hash {
            let isRaised =
                transaction.feePerGasMax * 100 >= old.feePerGasMax * 110
                && transaction.priorityFeePerGasMax * 100 >= old.priorityFeePerGasMax * 110
            guard isRaised else { return .underpriced }
        }
        pool[transaction.nonce] = transaction
        return .accepted
    }

    mutating func mine(countMax: Int) {
        var block = Block()
        var next = nonce
        while block.transactions.count < countMax, let transaction = pool[next],
            transaction.feePerGasMax >= baseFee
        {
            if let jobID = transaction.jobID,
                postedJobs.contains(jobID)
                    || block.transactions.contains(where: { $0.jobID == jobID })
            {
                violations.append("job \(jobID) was posted twice")
            }
            pool[next] = nil
            block.transactions.append(transaction)
            next += 1
        }
        blocks.append(block)
    }

    /// Somebody else uses the account's next nonce.
    mutating func mineForeign() {
        pool[nonce] = nil
        blocks.append(Block(foreignCount: 1))
    }

    /// Replaces the last `depth` blocks by one more empty ones; what they held returns to the pool, or
    /// is forgotten.
    mutating func reorganise(depth: Int, forgets: Bool) {
        let depth = min(depth, blocks.count - 1)
        let dropped = blocks.suffix(depth).flatMap(\.transactions)
        blocks.removeLast(depth)
        if !forgets {
            for transaction in dropped { pool[transaction.nonce] = transaction }
        }
        blocks.append(contentsOf: Array(repeating: Block(), count: depth + 1))
    }

    func receipt(_ hash: Hash32) -> ReceiptView? {
        for (number, block) in blocks.enumerated() {
            guard let transaction = block.transactions.first(where: { $0.hash == hash }) else {
                continue
            }
            return ReceiptView(
                transactionHash: hash, blockNumber: UInt64(number), blockHash: .zero,
                isSuccess: transaction.jobID.map { succeeds($0) } ?? true)
        }
        return nil
    }

    func estimate(_ jobID: JobID) -> GasEstimate {
        switch behaviours[jobID] {
        case .refuses, .completedByOthers: .reverted(reason: "job is not pending")
        default: postedJobs.contains(jobID) ? .reverted(reason: "posted") : .gas(100_000)
        }
    }

    func status(_ jobID: JobID) -> ContractJobStatus {
        behaviours[jobID] == .completedByOthers || postedJobs.contains(jobID) ? .completed : .open
    }
}
