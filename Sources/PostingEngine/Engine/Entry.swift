import Bytes

/// A posting as the engine holds it.
struct Entry {
    /// What is being done for the posting. Stages that wait for an answer are left when it comes;
    /// answers that don't fit the stage are late and mean nothing.
    ///
    ///     waiting -> ready -> loading -> estimating -> estimated -> live
    ///                  ^                    |   |
    ///                  └──── delayed <──────┘   └──> verifying -> (ended)
    enum Stage: Hashable {
        /// Ordered, and an earlier job of its consumer is open.
        case waiting
        /// In the queue.
        case ready
        /// Failed; in the queue again after a wait.
        case delayed
        /// The calldata is being read from the store.
        case loading
        /// The gas is being estimated.
        case estimating
        /// The contract refused the call with this reason, and is asked whether the job is done.
        case verifying(reason: String)
        /// Waits for an account nonce.
        case estimated(gas: UInt64, at: UInt64)
        /// Holds an account nonce; a slot has the rest.
        case live
        /// A dead letter.
        case dead
    }

    /// The record; its calldata is empty while `isLoaded` is false.
    var record: PostingRecord
    /// Whether the calldata is in memory.
    var isLoaded: Bool
    /// The place in the order of service.
    let arrival: UInt64
    var stage: Stage
    /// Set when a person gave the posting up while its calldata was elsewhere.
    var abandonReason: String?

    var posting: Posting { record.posting }

    /// Whether the posting counts as in flight without holding an account nonce.
    var isBusy: Bool {
        switch stage {
        case .loading, .estimating, .verifying, .estimated: true
        case .waiting, .ready, .delayed, .live, .dead: false
        }
    }
}
