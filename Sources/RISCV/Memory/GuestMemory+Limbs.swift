// Large integers in guest memory, the least significant limb of 64 bits first, at any address. Without
// allocation: precompiles on integers do this millions of times in a job.

extension GuestMemory {
    /// The integer of 256 bits at an address. `mutating` because the compiler copies all of this to lend it
    /// to a method that is not.
    ///
    /// - Throws: `outside`.
    package mutating func fourLimbs(
        at address: UInt32
    ) throws(GuestMemoryError) -> InlineArray<4, UInt64> { try limbs(at: address) }

    /// Two integers of 256 bits, as of a point, at an address.
    ///
    /// - Throws: `outside`.
    package mutating func eightLimbs(
        at address: UInt32
    ) throws(GuestMemoryError) -> InlineArray<8, UInt64> { try limbs(at: address) }

    /// What precompiles read most, without a copy on the way.
    @inline(__always)
    private mutating func limbs<let count: Int>(
        at address: UInt32
    ) throws(GuestMemoryError) -> InlineArray<count, UInt64> {
        let start = Int(address)
        if start >= openRange.lowerBound && start + count * 8 <= openRange.upperBound {
            // All of `openRange` is the guest's, and can be read.
            return unsafe (bytes + start).loadUnaligned(as: InlineArray<count, UInt64>.self)
        }
        var limbs = InlineArray<count, UInt64>(repeating: 0)
        var span = limbs.mutableSpan
        try readLimbs(address, into: &span)
        return limbs
    }

    /// Fills `limbs` from the guest's bytes. `mutating` as `fourLimbs`.
    ///
    /// - Throws: `outside`.
    package mutating func readLimbs(
        _ address: UInt32, into limbs: inout MutableSpan<UInt64>
    ) throws(GuestMemoryError) {
        let byteCount = limbs.count * 8
        guard contains(address, byteCount: UInt64(byteCount)) else {
            throw .outside(address: address, byteCount: UInt64(byteCount))
        }
        openEdges(for: address, byteCount: byteCount)
        unsafe limbs.withUnsafeMutableBytes { target in
            // The range was checked just now, and both sides have its length.
            unsafe Self.copy(
                to: target,
                from: UnsafeRawBufferPointer(start: bytes + Int(address), count: byteCount))
        }
    }

    /// Writes limbs to the guest's memory. Nothing is written when an error is thrown.
    ///
    /// - Returns: whether the text was written to.
    /// - Throws: `outside`, `capReached`.
    package mutating func writeLimbs(
        _ address: UInt32, _ limbs: Span<UInt64>
    ) throws(GuestMemoryError) -> Bool {
        guard isReady(address, byteCount: limbs.count * 8) else {
            let bytes = unsafe limbs.bytes
            // Limbs are bytes without padding; the view ends with this function, as `limbs` does.
            let view = Span<UInt8>(_bytes: bytes)
            return try write(address, view)
        }
        unsafe limbs.withUnsafeBytes { source in
            // The range is the guest's and can be written, as `isReady` says.
            unsafe Self.copy(
                to: UnsafeMutableRawBufferPointer(
                    start: bytes + Int(address), count: source.count), from: source)
        }
        return false
    }

    /// Whether a range is one that may be written without a further look: of a unit that was written to, where
    /// nothing is text and no page is to be saved. So are nearly all that precompiles write.
    @inline(__always)
    private func isReady(_ address: UInt32, byteCount: Int) -> Bool {
        let (first, last) = (Int(address), Int(address) + byteCount - 1)
        let unit = first >> RISCVLimits.unitShift
        // All of `openRange` is the guest's.
        return first >= openRange.lowerBound && last < openRange.upperBound
            && byteCount > 0 && unit == last >> RISCVLimits.unitShift && watchedText.isEmpty
            && snapshot == nil && reservation.state(ofUnit: unit) == UnitState.written
    }

    /// Copies between ranges of one length. That of points of 256 bits is copied in line.
    @inline(__always)
    private static func copy(
        to target: UnsafeMutableRawBufferPointer, from source: UnsafeRawBufferPointer
    ) {
        if source.count == 64, target.count == 64, let to = target.baseAddress,
            let from = source.baseAddress
        {
            // Both have these 64 bytes.
            unsafe to.copyMemory(from: from, byteCount: 64)
        } else {
            unsafe target.copyMemory(from: source)
        }
    }
}
