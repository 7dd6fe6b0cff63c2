// Integers at a byte offset. Every element access is bounds-checked: an offset that is too large
// traps, so callers check the length of untrusted input first (or read through ByteReader).

extension Span<UInt8> {
    /// The big-endian unsigned integer in the two bytes at `offset`.
    @inlinable
    package func bigEndianUInt16(at offset: Int) -> UInt16 {
        UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
    }

    /// The big-endian unsigned integer in the four bytes at `offset`.
    @inlinable
    package func bigEndianUInt32(at offset: Int) -> UInt32 {
        UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16
            | UInt32(self[offset + 2]) << 8 | UInt32(self[offset + 3])
    }

    /// The big-endian unsigned integer in the eight bytes at `offset`.
    @inlinable
    package func bigEndianUInt64(at offset: Int) -> UInt64 {
        UInt64(bigEndianUInt32(at: offset)) << 32 | UInt64(bigEndianUInt32(at: offset + 4))
    }

    /// The little-endian unsigned integer in the four bytes at `offset`.
    @inlinable
    package func littleEndianUInt32(at offset: Int) -> UInt32 {
        precondition(offset >= 0 && offset <= count - 4, "four bytes inside the span")
        // Inside the span, as was just checked; any bits are an integer.
        return unsafe UInt32(
            littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// The little-endian unsigned integer in the eight bytes at `offset`.
    @inlinable
    package func littleEndianUInt64(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= count - 8, "eight bytes inside the span")
        // Inside the span, as was just checked; any bits are an integer.
        return unsafe UInt64(
            littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}

extension [UInt8] {
    /// Appends the bytes of `value`, the most significant first.
    @inlinable
    package mutating func append(bigEndian value: some FixedWidthInteger) {
        // The bytes of a local integer, valid during the call.
        unsafe Swift.withUnsafeBytes(of: value.bigEndian) { unsafe append(contentsOf: $0) }
    }

    /// Appends the bytes of `value`, the least significant first.
    @inlinable
    package mutating func append(littleEndian value: some FixedWidthInteger) {
        // The bytes of a local integer, valid during the call.
        unsafe Swift.withUnsafeBytes(of: value.littleEndian) { unsafe append(contentsOf: $0) }
    }

    /// Appends every byte of `bytes`.
    @inlinable
    package mutating func append(contentsOf bytes: Span<UInt8>) {
        // One copy of the whole; the buffer is valid for its count during the call.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    /// The bytes of `span`, copied.
    @inlinable
    package init(copying span: Span<UInt8>) {
        self.init()
        append(contentsOf: span)
    }
}
