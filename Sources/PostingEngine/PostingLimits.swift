/// The bounds of the posting engine and of the records that it keeps. Sizes are in bytes.
package enum PostingLimits {
    /// Calldata of one posting: the request and the result with their signatures, each at most what
    /// DESIGN section 8 admits, with ABI padding. Guards the decoder against a damaged store.
    package static let calldataByteCountMax = 16 << 20

    /// Transactions tried under one account nonce. Sixteen rises of 10 % multiply the first fee by
    /// 4.6; after that the last one is broadcast again and watched.
    package static let callAttemptsMax = 16

    /// Further places for self-transfers that free an account nonce, so that a posting which used up
    /// its own attempts can still be given up.
    package static let fillerAttemptsMax = 16

    /// All transactions recorded under one account nonce.
    package static let attemptsMax = callAttemptsMax + fillerAttemptsMax

    /// UTF-8 bytes of a recorded reason; longer ones are cut. Revert reasons come from contracts.
    package static let reasonByteCountMax = 1024

    /// Postings with an account nonce or a gas estimate under way, whatever the configuration asks.
    package static let inFlightMax = 1024

    /// Account nonces that the engine fills with self-transfers when the chain has forgotten what
    /// stood there. A wider gap means another chain or another account, and needs a person.
    package static let gapFillersMax = 64

    /// Calldata kept in memory for postings that wait; further ones are read back from the store
    /// when their turn comes.
    package static let calldataHeldByteCountMax = 64 << 20

    /// Postings known to the engine, waiting and dead ones included: DESIGN section 8's queue bound
    /// for jobs, and as much again for dead letters.
    package static let postingsMax = 200_000

    /// Receipts asked of the chain in one go.
    package static let receiptsPerRequestMax = attemptsMax
}
