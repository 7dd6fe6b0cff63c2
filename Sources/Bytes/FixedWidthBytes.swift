/// A value of exactly `byteCount` bytes: an address, a digest, an identifier.
///
/// Conforming types keep their bytes in big-endian machine words, so that comparing and hashing
/// touch a few registers and no heap. The order is the lexicographic order of the bytes, which is
/// also the order of RocksDB's default comparator.
package protocol FixedWidthBytes: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The width in bytes.
    static var byteCount: Int { get }

    /// Reads the value from the first `byteCount` bytes. The caller has checked the length.
    init(unchecked bytes: Span<UInt8>)

    /// Appends the `byteCount` bytes, in order.
    func append(to output: inout [UInt8])
}

extension FixedWidthBytes {
    /// The value made of exactly these bytes; nil when there are not `byteCount` of them.
    package init?(_ bytes: Span<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.init(unchecked: bytes)
    }

    /// The value made of exactly these bytes; nil when there are not `byteCount` of them.
    package init?(_ bytes: [UInt8]) {
        self.init(bytes.span)
    }

    /// The value made of exactly these bytes; nil when there are not `byteCount` of them.
    package init?(_ bytes: ArraySlice<UInt8>) {
        self.init(bytes.span)
    }

    /// The value of `2 × byteCount` hexadecimal digits, `0x` optional; nil for anything else.
    package init?(hex text: String) {
        guard let bytes = Hex.decode(text) else { return nil }
        self.init(bytes)
    }

    /// The bytes, in order.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(Self.byteCount)
        append(to: &output)
        return output
    }

    /// Lower-case hexadecimal without a prefix.
    package var hex: String { Hex.encode(bytes) }

    /// Lower-case hexadecimal with the `0x` prefix.
    package var description: String { Hex.encodePrefixed(bytes) }
}
