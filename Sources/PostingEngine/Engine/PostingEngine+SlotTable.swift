import Bytes

// The table of account nonces in use.
extension PostingEngine {
    /// The index of the slot of `nonce`.
    func slotIndex(_ nonce: UInt64) -> Int? {
        slots.firstIndex { $0.nonce == nonce }
    }

    /// The index of the slot of a live posting.
    func slotIndex(of jobID: JobID) -> Int? {
        slots.firstIndex { $0.owner == jobID }
    }

    mutating func updateSlot(_ nonce: UInt64, _ change: (inout Slot) -> Void) {
        guard let index = slotIndex(nonce) else { return }
        change(&slots[index])
    }

    mutating func insertSlot(_ slot: Slot) {
        let index = slots.firstIndex { $0.nonce >= slot.nonce } ?? slots.count
        precondition(
            index == slots.count || slots[index].nonce != slot.nonce, "a nonce is given out once")
        slots.insert(slot, at: index)
    }

    mutating func removeSlot(of jobID: JobID) {
        guard let index = slotIndex(of: jobID) else { return }
        slots.remove(at: index)
    }

    /// Puts the slot's transaction into the batch; nothing of it is sent before that is on disk.
    mutating func save(_ nonce: UInt64) {
        guard let index = slotIndex(nonce) else { return }
        slots[index].savingBatch = batch.id
        let transaction = slots[index].transaction
        if let owner = slots[index].owner {
            guard var entry = entries[owner] else { return }
            entry.record.state = .live(transaction)
            entries[owner] = entry
            batch.records.append(entry.record)
        } else {
            account.gapFillers.removeAll { $0.nonce == nonce }
            account.gapFillers.append(transaction)
            batch.account = account
        }
    }

    /// The smallest nonce that the chain waits for, that was given out, and that no slot holds.
    func firstUncoveredNonce(_ view: ChainView) -> UInt64? {
        var expected = view.latestNonce
        for slot in slots where slot.nonce >= expected {
            guard slot.nonce == expected else { return expected }
            expected += 1
        }
        return expected < account.nextNonce ? expected : nil
    }

    /// Mends a hole among the account nonces once it has stood for long: the chain forgot a
    /// transaction that counted as settled, or somebody else's transaction was dropped. With live
    /// slots above, the hole is filled; with none, its nonces are given out again.
    mutating func repairGap(_ view: ChainView) {
        guard let nonce = firstUncoveredNonce(view) else {
            gap = nil
            return
        }
        guard let known = gap, known.nonce == nonce else {
            gap = (nonce, now)
            return
        }
        guard now - known.since >= configuration.gapPatience, view.pendingNonce == nonce else {
            return
        }
        gap = nil
        if let above = slots.first(where: { $0.nonce > nonce }) {
            fillGap(from: nonce, below: above.nonce, view)
        } else {
            account.nextNonce = nonce
            batch.account = account
        }
    }

    private mutating func fillGap(from first: UInt64, below end: UInt64, _ view: ChainView) {
        let fees = feePolicy.firstFees(
            view.quote, feePerGasMax: configuration.fillerFeePerGasMax)
        for nonce in first..<end {
            guard account.gapFillers.count < PostingLimits.gapFillersMax else { return }
            let terms = TransactionTerms(
                chainID: account.chainID, nonce: nonce, fees: fees,
                gasLimit: configuration.fillerGasLimit, to: signer.address, calldata: [])
            let attempt = TransactionAttempt(
                purpose: .filler, fees: fees, hash: signer.sign(terms).hash)
            let filler = LiveTransaction(
                nonce: nonce, gasLimit: configuration.fillerGasLimit, attempts: [attempt])
            insertSlot(Slot(owner: nil, transaction: filler, newestAttemptAt: now))
            save(nonce)
        }
    }

    mutating func removeGapFiller(at index: Int) {
        let nonce = slots[index].nonce
        slots.remove(at: index)
        account.gapFillers.removeAll { $0.nonce == nonce }
        batch.account = account
    }
}
