package import Bytes
package import PostingEngine

/// What the poster needs of the store.
package protocol PostingPersistence: Sendable {
    /// Makes a batch durable, all of it or nothing. Batches take effect in the order of the calls;
    /// `completion` is called once, on any thread, with the error when the store failed.
    func persist(_ batch: PostingBatch, completion: @escaping @Sendable ((any Error)?) -> Void)

    /// The calldata of a posting in the outbox; nil when there is none of this job.
    func calldata(of jobID: JobID) async throws -> [UInt8]?

    /// Every record of the outbox, in any order.
    func outboxRecords() async throws -> [PostingRecord]

    /// The account's record; nil when it never posted on this chain.
    func accountRecord(of address: Address, chainID: UInt64) async throws -> AccountRecord?
}
