import Bytes

// From a used-up account nonce to the end of its posting.
extension PostingEngine {
    mutating func askReceipts(at index: Int) {
        let slot = slots[index]
        guard !slot.isAskingReceipts, slot.receiptsAskedAtView != link.viewCount else { return }
        slots[index].isAskingReceipts = true
        slots[index].receiptsAskedAtView = link.viewCount
        slots[index].receiptsAskedAtHead = link.view?.headNumber ?? 0
        actions.append(.askReceipts(nonce: slot.nonce, slot.transaction.attempts.map(\.hash)))
    }

    mutating func receiptsAnswered(_ nonce: UInt64, _ receipts: [ReceiptView]) {
        guard let index = slotIndex(nonce) else { return }
        slots[index].isAskingReceipts = false
        guard slots[index].phase == .watching else { return }
        if let receipt = receipts.first(where: { slots[index].contains($0.transactionHash) }) {
            slots[index].missingSince = nil
            slots[index].missingCount = 0
            if isConfirmed(receipt, head: slots[index].receiptsAskedAtHead) {
                settle(at: index, receipt)
            }
        } else {
            receiptsMissing(at: index)
        }
    }

    /// `head` is the newest block known when the receipt was asked for. With a later one, an answer
    /// from before a reorg would count blocks of the other branch.
    private func isConfirmed(_ receipt: ReceiptView, head: UInt64) -> Bool {
        guard head >= receipt.blockNumber else { return false }
        return (head - receipt.blockNumber).addedClamped(1) >= configuration.confirmationCount
    }

    private mutating func settle(at index: Int, _ receipt: ReceiptView) {
        let slot = slots[index]
        let attempt = slot.transaction.attempts.first { $0.hash == receipt.transactionHash }
        guard let jobID = slot.owner else {
            removeGapFiller(at: index)
            return
        }
        if attempt?.purpose == .filler {
            bury(jobID, reason: slot.transaction.abandonReason ?? "the account nonce was filled")
        } else if receipt.isSuccess {
            end(jobID, .relayed(transactionHash: receipt.transactionHash))
        } else {
            verify(at: index, jobID, receipt)
        }
    }

    /// Nothing of ours used the nonce up, as it seems. Servers may be late with receipts, so this is
    /// believed after some time only.
    private mutating func receiptsMissing(at index: Int) {
        guard let view = link.view, view.latestNonce > slots[index].nonce else { return }
        let since = slots[index].missingSince ?? now
        slots[index].missingSince = since
        slots[index].missingCount += 1
        guard slots[index].missingCount >= configuration.lostChecksMin,
            now - since >= configuration.lostPatience
        else { return }
        guard let jobID = slots[index].owner else {
            removeGapFiller(at: index)
            return
        }
        verify(at: index, jobID, nil)
    }

    /// Asks the contract whether the job is done before it counts as failed, or is posted again.
    private mutating func verify(at index: Int, _ jobID: JobID, _ receipt: ReceiptView?) {
        guard let contract = entries[jobID]?.posting.contract else { return }
        slots[index].phase = .verifying(receipt)
        actions.append(.askContractStatus(jobID, contract: contract))
    }

    mutating func statusAnswered(_ jobID: JobID, _ status: ContractJobStatus) {
        guard let entry = entries[jobID] else { return }
        let index = slotIndex(of: jobID)
        let isVerifying: Bool
        switch (entry.stage, index.map { slots[$0].phase }) {
        case (.verifying, nil), (.live, .verifying): isVerifying = true
        default: isVerifying = false
        }
        guard isVerifying else { return }
        switch status {
        case .completed:
            end(jobID, .relayed(transactionHash: nil))
        case .cancelled:
            end(jobID, .failed(reason: "the job was cancelled on the chain"))
        case .open, .unreadable:
            notCompleted(entry, slotAt: index)
        }
    }

    private mutating func notCompleted(_ entry: Entry, slotAt index: Int?) {
        let jobID = entry.posting.jobID
        if case .verifying(let reason) = entry.stage {
            end(jobID, .failed(reason: reason.cutToReasonLimit()))
        } else if let index, case .verifying(let receipt) = slots[index].phase {
            if let receipt {
                slots[index].phase = .replaying
                let posting = entry.posting
                let call = ContractCall(to: posting.contract, calldata: posting.calldata)
                actions.append(.replayCall(jobID, call, blockNumber: receipt.blockNumber))
            } else {
                requeue(jobID, reason: "the account nonce was used by another transaction")
            }
        }
    }

    mutating func replayed(_ jobID: JobID, _ answer: ReplayAnswer) {
        guard let index = slotIndex(of: jobID), slots[index].phase == .replaying else { return }
        switch answer {
        case .reverted(let reason):
            end(jobID, .failed(reason: reason.cutToReasonLimit()))
        case .succeeded:
            requeue(jobID, reason: "the transaction failed, but the call succeeds when repeated")
        case .refused(let reason):
            requeue(jobID, reason: "the transaction failed, for a reason not found: \(reason)")
        }
    }

    /// The connection failed while the contract was asked or the call repeated: start over from
    /// what is certain.
    mutating func verificationFailed(_ jobID: JobID) {
        if let index = slotIndex(of: jobID), slots[index].phase != .watching {
            slots[index].phase = .watching
            slots[index].receiptsAskedAtView = nil
        } else if case .verifying? = entries[jobID]?.stage {
            makeReady(jobID)
        }
    }

    /// Takes a posting back from a nonce that is used up for good.
    private mutating func requeue(_ jobID: JobID, reason: String) {
        guard let index = slotIndex(of: jobID), var entry = entries[jobID] else { return }
        if let given = slots[index].transaction.abandonReason {
            bury(jobID, reason: given)
            return
        }
        slots.remove(at: index)
        entry.record.state = .queued
        entries[jobID] = entry
        countFailure(jobID, reason: reason)
        if let entry = entries[jobID], entry.record.state == .queued {
            batch.records.append(entry.record)
        }
    }
}
