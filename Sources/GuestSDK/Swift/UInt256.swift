/// An unsigned 256-bit integer, Solidity's `uint256`. Overflow stops the program, unless an
/// operator beginning with `&` or a method that reports it is used.
public struct UInt256: Comparable, Sendable, ExpressibleByIntegerLiteral {
    /// Eight words, least significant first.
    var limbs: InlineArray<8, UInt32>

    static var limbCount: Int { 8 }

    init(limbs: InlineArray<8, UInt32>) {
        self.limbs = limbs
    }

    public init(_ value: UInt64) {
        limbs = InlineArray(repeating: 0)
        limbs[0] = UInt32(truncatingIfNeeded: value)
        limbs[1] = UInt32(truncatingIfNeeded: value >> 32)
    }

    public init(integerLiteral value: UInt64) {
        self.init(value)
    }

    /// The number whose 32 big-endian bytes begin at `offset`.
    init(bigEndian input: InputBytes, at offset: Int) {
        limbs = InlineArray { input.word(at: offset + 28 - 4 * $0) }
    }

    /// The number of these big-endian bytes; nil when there are not 32 of them.
    public init?(bigEndian input: InputBytes) {
        guard input.count == 32 else { return nil }
        self.init(bigEndian: input, at: 0)
    }

    public static var zero: UInt256 { 0 }

    public static var max: UInt256 { UInt256(limbs: InlineArray(repeating: .max)) }

    /// The number of bits up to the highest that is set; 0 for zero.
    public var bitWidth: Int {
        var index = UInt256.limbCount - 1
        while index >= 0 {
            if limbs[index] != 0 { return 32 * index + 32 - limbs[index].leadingZeroBitCount }
            index -= 1
        }
        return 0
    }

    /// The number as a 64-bit one; nil when it is too great.
    public var asUInt64: UInt64? {
        bitWidth <= 64 ? UInt64(limbs[1]) << 32 | UInt64(limbs[0]) : nil
    }

    public static func == (left: UInt256, right: UInt256) -> Bool {
        for index in 0..<limbCount where left.limbs[index] != right.limbs[index] { return false }
        return true
    }

    public static func < (left: UInt256, right: UInt256) -> Bool {
        var index = limbCount - 1
        while index >= 0 {
            if left.limbs[index] != right.limbs[index] {
                return left.limbs[index] < right.limbs[index]
            }
            index -= 1
        }
        return false
    }
}

extension UInt256: GuestBytes {
    /// The 32 big-endian bytes.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let words = InlineArray<8, UInt32> { limbs[7 - $0].bigEndian }
        return withUnsafeBytes(of: words, body)
    }
}
