package import Bytes

/// What one look at the chain shows.
package struct ChainView: Hashable, Sendable {
    /// The number of the newest block.
    package let headNumber: UInt64
    /// The account's next nonce by the newest block.
    package let latestNonce: UInt64
    /// The account's next nonce when the transactions that the node holds ready are counted too.
    package let pendingNonce: UInt64
    /// What the next block asks for.
    package let quote: FeeQuote

    /// A view made of its parts.
    package init(
        headNumber: UInt64, latestNonce: UInt64, pendingNonce: UInt64, quote: FeeQuote
    ) {
        self.headNumber = headNumber
        self.latestNonce = latestNonce
        self.pendingNonce = pendingNonce
        self.quote = quote
    }
}

/// The chain's answer to a gas estimate.
package enum GasEstimate: Hashable, Sendable {
    /// The call would succeed with this much.
    case gas(UInt64)
    /// The contract refuses the call; the reason is decoded.
    case reverted(reason: String)
    /// The node would not estimate, for another reason.
    case refused(reason: String)
}

/// The node's answer to a transaction.
package enum BroadcastAnswer: Hashable, Sendable {
    /// It is in the node's pool, now or since earlier.
    case accepted
    /// Its nonce is used up.
    case nonceTooLow
    /// Its fees are too low, for the pool or for replacing what is there.
    case underpriced
    /// The account can't pay for it.
    case insufficientFunds
    /// It can never be accepted: malformed for this chain, too large, above a fixed limit.
    case refused(reason: String)
    /// It was not accepted for a reason that may pass.
    case deferred(reason: String)
}

/// A transaction's place on the chain.
package struct ReceiptView: Hashable, Sendable {
    /// The transaction.
    package let transactionHash: Hash32
    /// The block that holds it.
    package let blockNumber: UInt64
    /// That block's hash.
    package let blockHash: Hash32
    /// Whether the call succeeded.
    package let isSuccess: Bool

    /// A receipt made of its parts.
    package init(
        transactionHash: Hash32, blockNumber: UInt64, blockHash: Hash32, isSuccess: Bool
    ) {
        self.transactionHash = transactionHash
        self.blockNumber = blockNumber
        self.blockHash = blockHash
        self.isSuccess = isSuccess
    }
}

/// What the contract says about a job (getJobMetadata).
package enum ContractJobStatus: Hashable, Sendable {
    /// It never heard of it (0), or the job is open (1).
    case open
    /// It was cancelled on the chain (2).
    case cancelled
    /// A result was accepted (3).
    case completed
    /// The contract gave no readable answer.
    case unreadable
}

/// What a call does when it is made again at a block where its transaction failed.
package enum ReplayAnswer: Hashable, Sendable {
    /// It is refused; the reason is decoded.
    case reverted(reason: String)
    /// It succeeds: what failed was gas, or the state has changed since.
    case succeeded
    /// The node would not say.
    case refused(reason: String)
}

/// A question to the chain. Every one is answered by exactly one event.
package enum ChainRequest: Hashable, Sendable {
    case observation
    case gasEstimate(JobID)
    case broadcast(nonce: UInt64)
    case receipts(nonce: UInt64)
    case contractStatus(JobID)
    case replay(JobID)
}

/// A job whose result is to be posted in the order of the consumer's nonces.
package struct OrderedJob: Hashable, Sendable {
    /// The consumer.
    package let consumer: Address
    /// The job's nonce.
    package let jobNonce: UInt64

    /// A job made of its parts.
    package init(consumer: Address, jobNonce: UInt64) {
        self.consumer = consumer
        self.jobNonce = jobNonce
    }
}

/// What happened, as far as the engine is concerned.
package enum PostingEvent: Hashable, Sendable {
    /// A result is to be posted; its record is on disk already.
    case postingAdded(PostingRecord)
    /// An ordered job was accepted whose posting will come, so that later ones wait for it.
    case orderedJobAccepted(OrderedJob)
    /// An ordered job ended without a posting.
    case orderedJobEnded(OrderedJob)
    /// A person wants a dead letter tried again.
    case deadLetterRetried(JobID)
    /// A person wants a posting given up.
    case postingAbandoned(JobID)
    /// Answer to `loadCalldata`; nil when the store has no such record.
    case calldataLoaded(JobID, [UInt8]?)
    /// A batch is on disk.
    case batchPersisted(UInt64)
    /// Answer to `observeChain`.
    case chainObserved(ChainView)
    /// Answer to `estimateGas`.
    case gasEstimated(JobID, GasEstimate)
    /// Answer to `broadcast`.
    case broadcastAnswered(nonce: UInt64, hash: Hash32, BroadcastAnswer)
    /// Answer to `askReceipts`: those that exist.
    case receiptsAnswered(nonce: UInt64, [ReceiptView])
    /// Answer to `askContractStatus`.
    case contractStatusAnswered(JobID, ContractJobStatus)
    /// Answer to `replayCall`.
    case callReplayed(JobID, ReplayAnswer)
    /// A question got no answer: the connection, the server or its answer is broken.
    case chainUnavailable(ChainRequest)
    /// A new block was announced.
    case headAnnounced
    /// The time that `wakeUpAt` names has come.
    case timePassed
}
