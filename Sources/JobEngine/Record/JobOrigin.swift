/// How a job came in, which decides the form of its result. The raw values are stored.
package enum JobOrigin: UInt8, CaseIterable, Hashable, Sendable {
    /// A signed request with `stateHash`, through the API.
    case offchainA = 1
    /// A signed request without `stateHash`, through the API.
    case offchainB = 2
    /// An event of the JobManager contract.
    case onchain = 3
}

/// The order in which the results of a consumer go to the chain. The raw values are those of
/// RelayStrategy in Proto/ and of the store.
package enum RelayStrategy: UInt8, CaseIterable, Hashable, Sendable {
    /// As they get done.
    case unordered = 0
    /// By rising nonce, each after the one before it has ended.
    case ordered = 1
}
