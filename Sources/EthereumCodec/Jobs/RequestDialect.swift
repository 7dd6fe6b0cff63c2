/// The two layouts of the offchain structs that InfinityVM clients use.
package enum RequestDialect: UInt8, Hashable, Sendable, CaseIterable {
    /// October 2024: the request and the result carry a state hash.
    case a

    /// March 2025: no state hash, the result lists versioned blob hashes.
    case b
}
