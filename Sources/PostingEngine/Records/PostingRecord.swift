/// What the store keeps of a posting, under its job id, until the job is relayed or failed.
package struct PostingRecord: Hashable, Sendable {
    /// Where a posting stands.
    ///
    ///     queued ──nonce assigned──> live ──mined──> (relayed or failed: the record is removed)
    ///       ^  │                      │
    ///       │  └──too many failures───┼──given up, nonce filled──> dead
    ///       └────────── nonce lost ───┘                             │
    ///       └─────────────────────────── retry ─────────────────────┘
    package enum State: Hashable, Sendable {
        /// No account nonce was chosen yet.
        case queued
        /// A transaction was signed, and perhaps broadcast.
        case live(LiveTransaction)
        /// Given up; a person may look at it and ask for another try.
        case dead(reason: String)
    }

    /// What is to be posted.
    package internal(set) var posting: Posting
    /// Failures that were this posting's own, since it was added or last retried.
    package var failureCount: UInt32
    /// Where it stands.
    package var state: State

    /// A record made of its parts; by default a posting that nothing was done for yet.
    package init(posting: Posting, failureCount: UInt32 = 0, state: State = .queued) {
        self.posting = posting
        self.failureCount = failureCount
        self.state = state
    }
}
