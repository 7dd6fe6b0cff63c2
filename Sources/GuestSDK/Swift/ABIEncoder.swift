/// Writes ABI-encoded values, as Solidity's `abi.encode` does.
public struct ABIEncoder {
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private let headByteCount: Int

    /// An encoder of `headWordCount` values; a `bytes32`, a `uint256` and a `bytes` are one each.
    public init(headWordCount: Int) {
        headByteCount = 32 * headWordCount
        head.reserveCapacity(headByteCount)
    }

    /// Appends a `uint256`.
    public mutating func append(_ value: UInt256) {
        value.withBytes { head.append(contentsOf: $0) }
    }

    /// Appends a `bytes32`.
    public mutating func append(_ value: Hash32) {
        value.withBytes { head.append(contentsOf: $0) }
    }

    /// Appends a `bytes`.
    public mutating func append(bytes: some GuestBytes) {
        append(UInt256(UInt64(headByteCount + tail.count)))
        bytes.withBytes { source in
            UInt256(UInt64(source.count)).withBytes { tail.append(contentsOf: $0) }
            tail.append(contentsOf: source)
            let padding = (32 - source.count % 32) % 32
            tail.append(contentsOf: repeatElement(0, count: padding))
        }
    }

    /// The values, encoded one after the other.
    public var encoded: [UInt8] {
        guard head.count == headByteCount else {
            Program.fail("the ABI encoder was not given the values it was made for")
        }
        return head + tail
    }

    /// The values as one struct with a dynamic member: its offset word stands before them.
    public var encodedAsDynamicTuple: [UInt8] {
        var output: [UInt8] = []
        UInt256(32).withBytes { output.append(contentsOf: $0) }
        return output + encoded
    }
}
