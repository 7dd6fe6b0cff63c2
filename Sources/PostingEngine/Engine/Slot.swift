import Bytes

/// An account nonce in use, as the engine holds it. What must survive a restart is in `transaction`.
struct Slot {
    /// What is being done about a transaction that was mined and failed, or was lost.
    enum Phase: Hashable {
        /// Waiting to be mined and confirmed.
        case watching
        /// The nonce is used up, and the contract is asked whether the job is done. The receipt is
        /// that of our failed call; nil when the nonce was taken by somebody else.
        case verifying(ReceiptView?)
        /// The failed call is made again for its reason.
        case replaying
    }

    /// The posting; nil for a filled gap, which belongs to the account.
    let owner: JobID?
    var transaction: LiveTransaction
    var phase = Phase.watching

    /// The batch that records the newest attempt, until it is on disk.
    var savingBatch: UInt64?
    var isBroadcasting = false
    /// When the newest attempt was answered; nil when it was never sent by this process.
    var lastBroadcastAt: UInt64?
    /// When the newest attempt was signed.
    var newestAttemptAt: UInt64
    /// Whether the node wants higher fees now.
    var wantsReplacement = false
    /// Whether the node took one of the attempts, as far as this process knows.
    var wasAccepted = false
    /// Nothing is sent before this.
    var notBefore: UInt64 = 0
    /// Answers in a row that were not an acceptance.
    var refusalCount: UInt32 = 0

    var isAskingReceipts = false
    /// The view at which receipts were last asked for.
    var receiptsAskedAtView: UInt64?
    /// The newest block at that view.
    var receiptsAskedAtHead: UInt64 = 0
    /// Since when the nonce is used up on the chain with no receipt found.
    var missingSince: UInt64?
    var missingCount = 0

    var nonce: UInt64 { transaction.nonce }

    /// The attempt to send.
    var newest: TransactionAttempt {
        guard let last = transaction.attempts.last else {
            preconditionFailure("a live transaction has an attempt")
        }
        return last
    }

    /// Whether the newest attempt posts the result.
    var isCalling: Bool { newest.purpose == .call }

    /// Whether further attempts only use the nonce up.
    var isToBeFilled: Bool { owner == nil || transaction.abandonReason != nil }

    func contains(_ hash: Hash32) -> Bool {
        transaction.attempts.contains { $0.hash == hash }
    }
}
