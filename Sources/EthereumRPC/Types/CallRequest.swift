package import Bytes
import EthereumCodec

/// A call that is made without a transaction.
package struct CallRequest: Hashable, Sendable {
    /// The pretended sender; nil for nobody.
    package var from: Address?
    /// The called contract; nil creates one.
    package var to: Address?
    /// The input.
    package var data: [UInt8]
    /// The gas limit; nil for the server's.
    package var gasLimit: UInt64?

    /// A call made of its parts.
    package init(from: Address? = nil, to: Address?, data: [UInt8], gasLimit: UInt64? = nil) {
        self.from = from
        self.to = to
        self.data = data
        self.gasLimit = gasLimit
    }

    var parameter: JSONValue {
        var members: [JSONMember] = []
        if let from { members.append(JSONMember("from", .fixed(from))) }
        if let to { members.append(JSONMember("to", .fixed(to))) }
        // "data" is the older spelling of "input", which every server still reads.
        members.append(JSONMember("data", .data(data)))
        if let gasLimit { members.append(JSONMember("gas", .quantity(gasLimit))) }
        return .object(members)
    }
}
