// Large integers in guest memory, the least significant limb of 64 bits first, at any address. Without
// allocation: precompiles on integers do this millions of times in a job.

extension GuestMemory {
    /// Fills `limbs` from the guest's bytes.
    ///
    /// - Throws: `outside`.
    package func readLimbs(
        _ address: UInt32, into limbs: inout MutableSpan<UInt64>
    ) throws(GuestMemoryError) {
        let byteCount = limbs.count * 8
        let isInside: Void? = withBytes(at: address, byteCount: UInt64(byteCount)) { source in
            unsafe source.withUnsafeBytes { source in
                // Both are `byteCount` bytes long, and any bytes are limbs.
                unsafe limbs.withUnsafeMutableBufferPointer { target in
                    unsafe UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
                }
            }
        }
        guard isInside != nil else {
            throw .outside(address: address, byteCount: UInt64(byteCount))
        }
    }

    /// Writes limbs to the guest's memory. Nothing is written when an error is thrown.
    ///
    /// - Returns: whether the text was written to.
    /// - Throws: `outside`, `capReached`.
    package mutating func writeLimbs(
        _ address: UInt32, _ limbs: Span<UInt64>
    ) throws(GuestMemoryError) -> Bool {
        let bytes = unsafe limbs.bytes
        // Limbs are bytes without padding; the view ends with this function, as `limbs` does.
        let view = Span<UInt8>(_bytes: bytes)
        return try write(address, view)
    }
}
