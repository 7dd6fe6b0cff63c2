import Bytes

// Account nonces: giving them out, signing, sending, raising fees.
extension PostingEngine {
    /// Gives account nonces to estimated postings, as long as the chain allows.
    mutating func assignNonces(_ view: ChainView) {
        guard now >= link.fundsHoldUntil, feePolicy.canAfford(view.quote) else { return }
        while let item = estimated.first {
            guard case .estimated(let gas, let time)? = entries[item.jobID]?.stage else {
                _ = estimated.removeFirst()
                continue
            }
            guard firstUncoveredNonce(view) == nil else { return }
            _ = estimated.removeFirst()
            if now - time > configuration.estimateAgeMax {
                makeReady(item.jobID)
            } else {
                assignNonce(item.jobID, gas: gas, view)
            }
        }
    }

    private mutating func assignNonce(_ jobID: JobID, gas: UInt64, _ view: ChainView) {
        guard let posting = entries[jobID]?.posting else { return }
        let nonce = nextNonce(view)
        let margin = gas.multipliedClamped(by: configuration.gasMarginPercent) / 100
        let gasLimit = min(gas.addedClamped(margin), configuration.gasLimitMax)
        let fees = feePolicy.firstFees(view.quote, feePerGasMax: configuration.feePerGasMax)
        let terms = TransactionTerms(
            chainID: account.chainID, nonce: nonce, fees: fees, gasLimit: gasLimit,
            to: posting.contract, calldata: posting.calldata)
        let attempt = TransactionAttempt(
            purpose: .call, fees: fees, hash: signer.sign(terms).hash)
        let live = LiveTransaction(nonce: nonce, gasLimit: gasLimit, attempts: [attempt])
        account.nextNonce = nonce + 1
        batch.account = account
        setStage(.live, of: jobID)
        insertSlot(Slot(owner: jobID, transaction: live, newestAttemptAt: now))
        save(nonce)
    }

    /// The nonce to give out next. A pending nonce beyond ours means that somebody else uses the
    /// account; its transactions are let pass, within reason.
    private func nextNonce(_ view: ChainView) -> UInt64 {
        let foreign = view.pendingNonce.subtractingReportingOverflow(view.latestNonce)
        let isPlausible = !foreign.overflow && foreign.partialValue <= PostingLimits.inFlightMax
        let chain = isPlausible ? view.pendingNonce : view.latestNonce
        return max(account.nextNonce, chain)
    }

    /// Does what is due for the account nonce at `index`: asks for receipts when the chain has used
    /// it up; otherwise sends, or sends again, or raises the fees.
    mutating func stepSlot(at index: Int, _ view: ChainView) {
        let slot = slots[index]
        guard slot.phase == .watching, slot.savingBatch == nil else { return }
        if view.latestNonce > slot.nonce {
            askReceipts(at: index)
            return
        }
        slots[index].missingSince = nil
        slots[index].missingCount = 0
        guard !slot.isBroadcasting, now >= slot.notBefore else { return }
        if isReplacementDue(slot, view), let fees = replacementFees(slot, view.quote) {
            replaceNewest(at: index, fees: fees)
        } else if isBroadcastDue(slot, view) {
            broadcastNewest(at: index)
        }
    }

    private func isBroadcastDue(_ slot: Slot, _ view: ChainView) -> Bool {
        guard let sentAt = slot.lastBroadcastAt else { return true }
        let isUnknownToNode = view.pendingNonce == slot.nonce && link.observedAt > sentAt
        let isRefused = slot.refusalCount > 0
        return (isUnknownToNode || isRefused)
            && now - sentAt >= (isRefused ? 0 : configuration.rebroadcastInterval)
    }

    private func isReplacementDue(_ slot: Slot, _ view: ChainView) -> Bool {
        if slot.wantsReplacement || (slot.isToBeFilled && slot.isCalling) { return true }
        // One that the node has not taken does not get better by costing more.
        guard slot.lastBroadcastAt != nil, slot.refusalCount == 0 else { return false }
        let isNext = slot.nonce == view.latestNonce
        let isUnderBaseFee = slot.newest.fees.feePerGasMax < view.quote.baseFeePerGas
        let since = isNext ? max(slot.newestAttemptAt, link.nonceMovedAt) : slot.newestAttemptAt
        return (isNext || isUnderBaseFee) && now - since >= configuration.replacementInterval
    }

    private func replacementFees(_ slot: Slot, _ quote: FeeQuote) -> Fees? {
        let isFilling = slot.isToBeFilled
        let countMax = isFilling ? PostingLimits.attemptsMax : PostingLimits.callAttemptsMax
        guard slot.transaction.attempts.count < countMax else { return nil }
        let cap = isFilling ? configuration.fillerFeePerGasMax : configuration.feePerGasMax
        return feePolicy.replacementFees(after: slot.newest.fees, quote, feePerGasMax: cap)
    }

    private mutating func replaceNewest(at index: Int, fees: Fees) {
        let slot = slots[index]
        let purpose: TransactionAttempt.Purpose = slot.isToBeFilled ? .filler : .call
        let signed = signer.sign(terms(purpose, fees, in: slot))
        slots[index].transaction.attempts.append(
            TransactionAttempt(purpose: purpose, fees: fees, hash: signed.hash))
        slots[index].newestAttemptAt = now
        slots[index].lastBroadcastAt = nil
        slots[index].wantsReplacement = false
        save(slot.nonce)
    }

    private mutating func broadcastNewest(at index: Int) {
        slots[index].isBroadcasting = true
        let slot = slots[index]
        let transaction = signed(slot.newest, in: slot)
        precondition(transaction.hash == slot.newest.hash, "signing is deterministic")
        actions.append(.broadcast(nonce: slot.nonce, transaction))
    }

    /// The transaction of an attempt, signed again.
    func signed(_ attempt: TransactionAttempt, in slot: Slot) -> SignedTerms {
        signer.sign(terms(attempt.purpose, attempt.fees, in: slot))
    }

    private func terms(
        _ purpose: TransactionAttempt.Purpose, _ fees: Fees, in slot: Slot
    ) -> TransactionTerms {
        let posting = purpose == .call ? slot.owner.flatMap { entries[$0]?.posting } : nil
        return TransactionTerms(
            chainID: account.chainID, nonce: slot.nonce, fees: fees,
            gasLimit: posting == nil ? configuration.fillerGasLimit : slot.transaction.gasLimit,
            to: posting?.contract ?? signer.address, calldata: posting?.calldata ?? [])
    }

    mutating func broadcastAnswered(_ nonce: UInt64, _ hash: Hash32, _ answer: BroadcastAnswer) {
        guard let index = slotIndex(nonce), slots[index].newest.hash == hash else { return }
        slots[index].isBroadcasting = false
        slots[index].lastBroadcastAt = now
        switch answer {
        case .accepted:
            slots[index].refusalCount = 0
            slots[index].wasAccepted = true
            link.fundsSufficed()
            link.observe(by: now.addedClamped(configuration.firstLookDelay))
        case .nonceTooLow:
            delaySlot(at: index)
            link.observe(by: now)
        case .underpriced:
            slots[index].wantsReplacement = true
            countRefusal(at: index, reason: "the node finds the fees too low")
        case .insufficientFunds:
            link.fundsMissing(at: now, backoff: backoff, random: nextRandom())
            delaySlot(at: index)
            slots[index].notBefore = max(slots[index].notBefore, link.fundsHoldUntil)
        case .refused(let reason) where !slots[index].wasAccepted && slots[index].isCalling:
            giveUp(at: index, reason: reason)
        case .refused(let reason), .deferred(let reason):
            countRefusal(at: index, reason: reason)
        }
    }

    private mutating func delaySlot(at index: Int) {
        slots[index].refusalCount = slots[index].refusalCount.addedClamped(1)
        let delay = backoff.delay(
            failureCount: slots[index].refusalCount, random: nextRandom())
        slots[index].notBefore = now.addedClamped(delay)
    }

    private mutating func countRefusal(at index: Int, reason: String) {
        delaySlot(at: index)
        guard slots[index].refusalCount > configuration.failuresMax else { return }
        if slots[index].isCalling {
            giveUp(at: index, reason: reason)
        }
    }

    /// Gives a live posting up: its nonce is filled at the next chance, unless the call is mined
    /// before.
    mutating func giveUp(at index: Int, reason: String) {
        guard slots[index].owner != nil, slots[index].transaction.abandonReason == nil else {
            return
        }
        slots[index].transaction.abandonReason = reason.cutToReasonLimit()
        slots[index].refusalCount = 0
        slots[index].notBefore = 0
    }

    mutating func persisted(_ id: UInt64) {
        for index in slots.indices {
            if let saving = slots[index].savingBatch, saving <= id {
                slots[index].savingBatch = nil
            }
        }
        releaseLanes(upTo: id)
    }
}
