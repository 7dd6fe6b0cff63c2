package import Bytes

/// Why the records of a store can't all be true, or don't belong to this configuration.
package enum PostingRecoveryError: Error, Hashable, Sendable {
    /// The store's transactions were signed for another account.
    case accountChanged(stored: Address, configured: Address)
    /// The store's transactions were signed for another chain.
    case chainChanged(stored: UInt64, configured: UInt64)
    /// Two live records hold one account nonce.
    case nonceUsedTwice(UInt64)
    /// A live record holds a nonce that was never given out.
    case nonceBeyondAccount(UInt64)
    /// Two records have one job id.
    case jobRecordedTwice(JobID)
    /// Signing a recorded transaction again gives another one.
    case signatureChanged(nonce: UInt64)
}

extension PostingRecoveryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .accountChanged(let stored, let configured):
            "the store holds the outbox of account \(stored), but the relayer key is that of "
                + "\(configured); start with the old key until the outbox is empty"
        case .chainChanged(let stored, let configured):
            "the store holds the outbox for chain \(stored), but the configured chain is "
                + "\(configured)"
        case .nonceUsedTwice(let nonce): "two postings hold account nonce \(nonce)"
        case .nonceBeyondAccount(let nonce):
            "a posting holds account nonce \(nonce), which was never given out"
        case .jobRecordedTwice(let jobID): "job \(jobID) has two postings"
        case .signatureChanged(let nonce):
            "the transaction recorded under account nonce \(nonce) can't be signed again as it was"
        }
    }
}

extension PostingEngine {
    mutating func recover(
        _ records: [PostingRecord], chainID: UInt64
    ) throws(PostingRecoveryError) {
        let isHoldingNonces = !account.gapFillers.isEmpty || records.contains { $0.isLive }
        try checkAccount(isHoldingNonces: isHoldingNonces, chainID: chainID)
        for filler in account.gapFillers {
            try recoverSlot(filler, owner: nil)
        }
        let ordered = records.sorted {
            ($0.posting.createdAtMilliseconds, $0.posting.jobID)
                < ($1.posting.createdAtMilliseconds, $1.posting.jobID)
        }
        // Live ones first, so that the bound on postings never leaves out one that holds a nonce.
        for record in ordered {
            guard case .live(let transaction) = record.state else { continue }
            try recoverLive(record, transaction)
        }
        try checkSlots()
        for record in ordered where !record.isLive {
            guard entries[record.posting.jobID] == nil else {
                throw .jobRecordedTwice(record.posting.jobID)
            }
            add(record)
        }
    }

    /// Key or chain may change between two runs only while no account nonce is held.
    private mutating func checkAccount(
        isHoldingNonces: Bool, chainID: UInt64
    ) throws(PostingRecoveryError) {
        guard account.chainID != chainID || account.address != signer.address else { return }
        guard !isHoldingNonces else {
            guard account.chainID == chainID else {
                throw .chainChanged(stored: account.chainID, configured: chainID)
            }
            throw .accountChanged(stored: account.address, configured: signer.address)
        }
        account = AccountRecord(address: signer.address, chainID: chainID)
    }

    private mutating func recoverLive(
        _ record: PostingRecord, _ transaction: LiveTransaction
    ) throws(PostingRecoveryError) {
        let posting = record.posting
        guard entries[posting.jobID] == nil else { throw .jobRecordedTwice(posting.jobID) }
        arrivalCount += 1
        entries[posting.jobID] = Entry(
            record: record, isLoaded: true, arrival: arrivalCount, stage: .live)
        heldByteCount += posting.calldata.count
        if posting.isOrdered {
            lanes.add(posting.jobNonce, of: posting.consumer)
        }
        try recoverSlot(transaction, owner: posting.jobID)
    }

    private mutating func recoverSlot(
        _ transaction: LiveTransaction, owner: JobID?
    ) throws(PostingRecoveryError) {
        let slot = Slot(owner: owner, transaction: transaction, newestAttemptAt: now)
        guard signed(slot.newest, in: slot).hash == slot.newest.hash else {
            throw .signatureChanged(nonce: slot.nonce)
        }
        slots.append(slot)
    }

    private mutating func checkSlots() throws(PostingRecoveryError) {
        slots.sort { $0.nonce < $1.nonce }
        for (left, right) in zip(slots, slots.dropFirst()) where left.nonce == right.nonce {
            throw .nonceUsedTwice(left.nonce)
        }
        if let last = slots.last, last.nonce >= account.nextNonce {
            throw .nonceBeyondAccount(last.nonce)
        }
    }
}

extension PostingRecord {
    /// Whether the posting holds an account nonce.
    package var isLive: Bool {
        if case .live = state { true } else { false }
    }
}
