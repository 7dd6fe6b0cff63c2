package import Bytes

/// A call as eth_call and eth_estimateGas take it; the sender is the posting account.
package struct ContractCall: Hashable, Sendable {
    /// The called contract.
    package let to: Address
    /// The call's input.
    package let calldata: [UInt8]
}

/// What is to be done. Actions may run at the same time, but batches are written in order.
package enum PostingAction: Hashable, Sendable {
    /// Write the batch, then report `batchPersisted`.
    case persist(PostingBatch)
    /// Read a posting's calldata back from the store.
    case loadCalldata(JobID)
    /// Report every record of the outbox with `postingAdded` again: some were left out for want of
    /// room, and now there is room.
    case reloadOutbox
    /// Look at head, fees and the account's nonces.
    case observeChain
    /// Estimate the gas of a call.
    case estimateGas(JobID, ContractCall)
    /// Send a transaction.
    case broadcast(nonce: UInt64, SignedTerms)
    /// Ask for the receipts of these transactions, of which one at most can exist.
    case askReceipts(nonce: UInt64, [Hash32])
    /// Ask the contract about the job.
    case askContractStatus(JobID, contract: Address)
    /// Make a call, without a transaction, on the state of this block.
    case replayCall(JobID, ContractCall, blockNumber: UInt64)
}
