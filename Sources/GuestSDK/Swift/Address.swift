/// Twenty bytes: an Ethereum account.
public struct Address: Equatable, Sendable, GuestBytes {
    /// The address as the number that it is in the ABI.
    public let number: UInt256

    /// The address of an ABI word; nil when the word is above 2^160 - 1.
    public init?(_ number: UInt256) {
        guard number.bitWidth <= 160 else { return nil }
        self.number = number
    }

    /// The address of exactly 20 bytes; nil for any other number.
    public init?(_ bytes: some GuestBytes) {
        let number: UInt256? = bytes.withBytes { source in
            guard source.count == 20 else { return nil }
            return source.reduce(into: UInt256.zero) { number, byte in
                number = number << 8
                number.limbs[0] |= UInt32(byte)
            }
        }
        guard let number else { return nil }
        self.number = number
    }

    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        number.withBytes { body(UnsafeRawBufferPointer(rebasing: $0[12...])) }
    }
}
