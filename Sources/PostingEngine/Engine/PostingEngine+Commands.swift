package import Bytes

/// A posting that was given up.
package struct DeadLetter: Hashable, Sendable {
    /// The job.
    package let jobID: JobID
    /// Why its posting was given up.
    package let reason: String
    /// Failures of its own by then.
    package let failureCount: UInt32
}

/// Numbers for metrics and for `tandem outbox`.
package struct PostingSummary: Hashable, Sendable {
    /// Postings that hold no account nonce and are not dead.
    package let queuedCount: Int
    /// Account nonces in use, fillers included.
    package let liveCount: Int
    /// Dead letters.
    package let deadCount: Int
    /// Failures of the connection to the chain in a row.
    package let chainFailureCount: UInt32
    /// Whether the account lacks money.
    package let isShortOfFunds: Bool
    /// Whether the base fee is above the cap, so that nothing new is sent.
    package let isPricedOut: Bool
}

extension PostingEngine {
    /// Numbers for metrics.
    package var summary: PostingSummary {
        let ownedCount = slots.count { $0.owner != nil }
        return PostingSummary(
            queuedCount: entries.count - ownedCount - deadCount, liveCount: slots.count,
            deadCount: deadCount, chainFailureCount: link.failureCount,
            isShortOfFunds: now < link.fundsHoldUntil,
            isPricedOut: link.view.map { !feePolicy.canAfford($0.quote) } ?? false)
    }

    /// Every dead letter, by job id.
    package var deadLetters: [DeadLetter] {
        let letters = entries.values.compactMap { entry -> DeadLetter? in
            guard entry.stage == .dead, case .dead(let reason) = entry.record.state else {
                return nil
            }
            return DeadLetter(
                jobID: entry.posting.jobID, reason: reason,
                failureCount: entry.record.failureCount)
        }
        return letters.sorted { $0.jobID < $1.jobID }
    }

    /// Takes a dead letter up again, with a clean count of failures.
    mutating func retry(_ jobID: JobID) {
        guard var entry = entries[jobID], entry.stage == .dead else { return }
        entry.record.failureCount = 0
        entries[jobID] = entry
        makeReady(jobID)
    }

    /// Gives a posting up. One that holds an account nonce becomes a dead letter when the nonce is
    /// filled, unless its call is mined before.
    mutating func abandon(_ jobID: JobID) {
        guard var entry = entries[jobID] else { return }
        let reason = "given up by command"
        switch entry.stage {
        case .dead:
            return
        case .live:
            guard let index = slotIndex(of: jobID), slots[index].phase == .watching else { return }
            giveUp(at: index, reason: reason)
        case .loading:
            entry.abandonReason = reason
            entries[jobID] = entry
        case .waiting, .ready, .delayed, .estimating, .verifying, .estimated:
            if entry.isLoaded {
                bury(jobID, reason: reason)
            } else {
                entry.abandonReason = reason
                entries[jobID] = entry
                setStage(.loading, of: jobID)
                actions.append(.loadCalldata(jobID))
            }
        }
    }
}
