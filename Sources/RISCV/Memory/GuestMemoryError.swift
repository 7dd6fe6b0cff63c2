/// Why a host access to guest memory, or the making of one, failed.
package enum GuestMemoryError: Error, Hashable, Sendable {
    /// The operating system gave no address space. Not the guest's doing: worth trying again.
    case hostRefused

    /// The bytes are not all where the ABI allows data.
    case outside(address: UInt32, byteCount: UInt64)

    /// The guest has written to as much memory as it may.
    case capReached(byteCount: Int)
}

extension GuestMemoryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .hostRefused: "the host has no memory for a guest"
        case .outside(let address, let byteCount):
            "\(byteCount) bytes at \(HexText.word(address)) are not all guest memory"
        case .capReached(let byteCount): "the guest wrote to more than \(byteCount) bytes of memory"
        }
    }
}
