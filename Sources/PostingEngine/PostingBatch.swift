package import Bytes

/// What becomes of a job when its posting ends. The store removes the posting's record and moves the
/// job in the same write.
package struct PostingOutcome: Hashable, Sendable {
    /// The two ends of a posting.
    package enum Ending: Hashable, Sendable {
        /// The result stands on the chain. The hash is nil when somebody else's transaction put it
        /// there, which the contract allows.
        case relayed(transactionHash: Hash32?)
        /// The contract refuses the result for good; the reason is fit for the job's owner.
        case failed(reason: String)
    }

    /// The job.
    package let jobID: JobID
    /// What became of it.
    package let ending: Ending

    /// An outcome made of its parts.
    package init(jobID: JobID, ending: Ending) {
        self.jobID = jobID
        self.ending = ending
    }
}

/// Changes that the store makes durable in one atomic write, in the order of the batches' ids. The
/// engine broadcasts nothing before it hears that the batch which records it is on disk.
package struct PostingBatch: Hashable, Sendable {
    /// Rises by one with each batch of one engine.
    package let id: UInt64
    /// Records to write under their job ids (column family `outbox`).
    package internal(set) var records: [PostingRecord] = []
    /// Postings that ended: remove the record, move the job.
    package internal(set) var outcomes: [PostingOutcome] = []
    /// The account's record (column family `chain`), when it changed.
    package internal(set) var account: AccountRecord?

    /// A batch made of its parts; by default an empty one.
    package init(
        id: UInt64, records: [PostingRecord] = [], outcomes: [PostingOutcome] = [],
        account: AccountRecord? = nil
    ) {
        self.id = id
        self.records = records
        self.outcomes = outcomes
        self.account = account
    }

    /// Whether there is nothing to write.
    package var isEmpty: Bool { records.isEmpty && outcomes.isEmpty && account == nil }
}
