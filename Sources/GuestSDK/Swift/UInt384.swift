import CTandem

/// An unsigned 384-bit integer: a coordinate of BLS12-381.
public struct UInt384: Equatable, Sendable, GuestBytes {
    /// Twelve words, least significant first.
    private var limbs: InlineArray<12, UInt32>

    init(_ value: tandem_u384) {
        limbs = unsafeBitCast(value, to: InlineArray<12, UInt32>.self)
    }

    var asC: tandem_u384 { unsafeBitCast(limbs, to: tandem_u384.self) }

    /// A small number.
    public init(_ value: UInt64) {
        limbs = InlineArray(repeating: 0)
        limbs[0] = UInt32(truncatingIfNeeded: value)
        limbs[1] = UInt32(truncatingIfNeeded: value >> 32)
    }

    /// The number of exactly 48 big-endian bytes; nil for any other count.
    public init?(bigEndian bytes: some GuestBytes) {
        var value = tandem_u384()
        let isWhole = bytes.withBytes { source in
            guard source.count == 48 else { return false }
            tandem_u384_load(&value, source.assumingMemoryBound(to: UInt8.self).baseAddress)
            return true
        }
        guard isWhole else { return nil }
        self.init(value)
    }

    public static func == (left: UInt384, right: UInt384) -> Bool {
        for index in 0..<12 where left.limbs[index] != right.limbs[index] { return false }
        return true
    }

    /// The 48 big-endian bytes.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let words = InlineArray<12, UInt32> { limbs[11 - $0].bigEndian }
        return withUnsafeBytes(of: words, body)
    }
}
