package import Bytes
package import EthereumCodec

/// A log of a mined transaction, and where it stands.
package struct LogEntry: Hashable, Sendable {
    /// What was logged.
    package let event: EventLog
    /// The block.
    package let blockNumber: UInt64
    /// The block's hash.
    package let blockHash: Hash32
    /// The transaction.
    package let transactionHash: Hash32
    /// The place in the block, counted from 0 over all its logs.
    package let logIndex: UInt64
    /// Whether a reorg took it back (only in subscriptions).
    package let isRemoved: Bool

    init(_ value: JSONValue) throws(EthereumRPCError) {
        let topics = try value.member("topics").array("topics", countMax: 4)
        var hashes: [Hash32] = []
        for topic in topics {
            hashes.append(try topic.fixed("topics"))
        }
        event = EventLog(
            address: try value.member("address").fixed("address"), topics: hashes,
            data: try value.member("data").bytes("data"))
        blockNumber = try value.member("blockNumber").uint64("blockNumber")
        blockHash = try value.member("blockHash").fixed("blockHash")
        transactionHash = try value.member("transactionHash").fixed("transactionHash")
        logIndex = try value.member("logIndex").uint64("logIndex")
        switch value.optionalMember("removed") {
        case nil, .bool(false): isRemoved = false
        case .bool(true): isRemoved = true
        default: throw .malformedAnswer("removed")
        }
    }

    static func list(_ value: JSONValue) throws(EthereumRPCError) -> [LogEntry] {
        let elements = try value.array("logs", countMax: EthereumRPCLimits.logCountMax)
        var entries: [LogEntry] = []
        entries.reserveCapacity(elements.count)
        for element in elements {
            entries.append(try LogEntry(element))
        }
        return entries
    }
}

/// Which logs are asked for.
package struct LogFilter: Hashable, Sendable {
    /// The first block.
    package var fromBlock: BlockTag
    /// The last block.
    package var toBlock: BlockTag
    /// Contracts that logged; empty for all.
    package var addresses: [Address]
    /// Alternatives for the first topic, the event's signature; empty for all.
    package var eventTopics: [Hash32]

    /// A filter made of its parts.
    package init(
        fromBlock: BlockTag, toBlock: BlockTag, addresses: [Address] = [],
        eventTopics: [Hash32] = []
    ) {
        self.fromBlock = fromBlock
        self.toBlock = toBlock
        self.addresses = addresses
        self.eventTopics = eventTopics
    }

    var parameter: JSONValue {
        var members = [
            JSONMember("fromBlock", fromBlock.parameter), JSONMember("toBlock", toBlock.parameter),
        ]
        if !addresses.isEmpty {
            members.append(JSONMember("address", .array(addresses.map { .fixed($0) })))
        }
        if !eventTopics.isEmpty {
            members.append(JSONMember("topics", .array([.array(eventTopics.map { .fixed($0) })])))
        }
        return .object(members)
    }
}
