package import Bytes

/// One log entry of a transaction receipt.
package struct EventLog: Hashable, Sendable {
    /// The contract that emitted it.
    package var address: Address

    /// The hash of the event's signature, then the indexed arguments; at most four.
    package var topics: [Hash32]

    /// The other arguments, ABI-encoded.
    package var data: [UInt8]

    package init(address: Address, topics: [Hash32], data: [UInt8]) {
        self.address = address
        self.topics = topics
        self.data = data
    }
}
