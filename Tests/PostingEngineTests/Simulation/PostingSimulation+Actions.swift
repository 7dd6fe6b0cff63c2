import Bytes

@testable import PostingEngine

extension PostingSimulation {
    /// Does what the engine asked for; the answer is delivered later.
    mutating func perform(_ action: PostingAction) {
        switch action {
        case .persist(let batch):
            store.apply(batch)
            pendingAnswers.append(.batchPersisted(batch.id))
        case .loadCalldata(let jobID):
            let record = store.decodedRecords.first { $0.posting.jobID == jobID }
            pendingAnswers.append(.calldataLoaded(jobID, record?.posting.calldata))
        case .reloadOutbox:
            violations.insert("nothing overflows here")
        default:
            pendingAnswers.append(answer(action))
        }
    }

    private mutating func answer(_ action: PostingAction) -> PostingEvent {
        switch action {
        case .observeChain:
            return chain.isOut ? .chainUnavailable(.observation) : .chainObserved(chain.view)
        case .estimateGas(let jobID, _):
            if chain.isOut { return .chainUnavailable(.gasEstimate(jobID)) }
            if percent() < 5 { return .gasEstimated(jobID, .refused(reason: "header not found")) }
            return .gasEstimated(jobID, chain.estimate(jobID))
        case .broadcast(let nonce, let signed):
            return broadcast(nonce, signed)
        case .askReceipts(let nonce, let hashes):
            if chain.isOut { return .chainUnavailable(.receipts(nonce: nonce)) }
            return .receiptsAnswered(nonce: nonce, hashes.compactMap { chain.receipt($0) })
        case .askContractStatus(let jobID, _):
            if chain.isOut { return .chainUnavailable(.contractStatus(jobID)) }
            return .contractStatusAnswered(jobID, chain.status(jobID))
        case .replayCall(let jobID, _, _):
            if chain.isOut { return .chainUnavailable(.replay(jobID)) }
            return .callReplayed(jobID, .reverted(reason: "refused on the chain"))
        case .persist, .loadCalldata, .reloadOutbox:
            return .timePassed
        }
    }

    private mutating func broadcast(_ nonce: UInt64, _ signed: SignedTerms) -> PostingEvent {
        // Half of what is sent during an outage arrives; only the answer is lost.
        if chain.isOut {
            if percent() < 50 { _ = chain.broadcast(signed.raw) }
            return .chainUnavailable(.broadcast(nonce: nonce))
        }
        if percent() < 3 {
            return .broadcastAnswered(
                nonce: nonce, hash: signed.hash, .deferred(reason: "txpool is full"))
        }
        return .broadcastAnswered(
            nonce: nonce, hash: signed.hash, chain.broadcast(signed.raw))
    }

    /// An ordered result stands on the chain only after every earlier ordered job of its consumer is
    /// posted or over.
    mutating func checkOrder() {
        let posted = Set(chain.postedJobs)
        for posting in allJobs where posting.isOrdered && posted.contains(posting.jobID) {
            for earlier in allJobs
            where earlier.isOrdered && earlier.consumer == posting.consumer
                && earlier.jobNonce < posting.jobNonce
            {
                let isOver =
                    posted.contains(earlier.jobID) || store.outcomes[earlier.jobID] != nil
                    || hasEnded(earlier.jobID)
                if !isOver {
                    violations.insert("job \(posting.jobNonce) before \(earlier.jobNonce)")
                }
            }
        }
    }

    /// Whether the end of a job is on its way to the store.
    private func hasEnded(_ jobID: JobID) -> Bool {
        pendingActions.contains { action in
            guard case .persist(let batch) = action else { return false }
            return batch.outcomes.contains { $0.jobID == jobID }
        }
    }
}
