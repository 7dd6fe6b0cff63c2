import Bytes
import CMachine

// How syscalls read and write guest memory. Every range is checked; nothing traps.

extension GuestMemory {
    /// Whether these bytes are all where the ABI allows data. No bytes are, anywhere.
    package func contains(_ address: UInt32, byteCount: UInt64) -> Bool {
        if byteCount == 0 { return true }
        return address >= low && UInt64(address) < high && byteCount <= high - UInt64(address)
    }

    /// Calls `body` with the bytes of a range, which stay the guest's; nil when they are not all data.
    package func withBytes<Result>(
        at address: UInt32, byteCount: UInt64, _ body: (Span<UInt8>) -> Result
    ) -> Result? {
        guard contains(address, byteCount: byteCount) else { return nil }
        guard byteCount > 0 else { return body([UInt8]().span) }
        openEdges(for: address, byteCount: Int(byteCount))
        // `contains` holds: the range lies in the reservation, and nothing writes to it meanwhile
        // because `body` has no access to this memory.
        let view = unsafe UnsafeRawBufferPointer(
            start: bytes + Int(address), count: Int(byteCount)
        ).assumingMemoryBound(to: UInt8.self)
        return unsafe body(view.span)
    }

    /// The bytes of a range, copied.
    ///
    /// - Throws: `outside`.
    package func read(_ address: UInt32, byteCount: UInt64) throws(GuestMemoryError) -> [UInt8] {
        let bytes = withBytes(at: address, byteCount: byteCount) { bytes in
            unsafe bytes.withUnsafeBufferPointer { source in
                // The pointer is used within its scope: the bytes are copied at once.
                unsafe [UInt8](source)
            }
        }
        guard let bytes else { throw .outside(address: address, byteCount: byteCount) }
        return bytes
    }

    /// Writes bytes to a range. Nothing is written when an error is thrown.
    ///
    /// - Returns: whether the text was written to.
    /// - Throws: `outside`, `capReached`.
    @discardableResult
    package mutating func write(
        _ address: UInt32, _ source: Span<UInt8>
    ) throws(GuestMemoryError) -> Bool {
        let byteCount = UInt64(source.count)
        guard contains(address, byteCount: byteCount) else {
            throw .outside(address: address, byteCount: byteCount)
        }
        guard byteCount > 0 else { return false }
        try makeWritable(address, byteCount: source.count)
        unsafe source.withUnsafeBytes { source in
            // The range was checked against the reservation just now.
            unsafe UnsafeMutableRawBufferPointer(
                start: bytes + Int(address), count: source.count
            ).copyMemory(from: source)
        }
        // Ranges that do not end before 2^32 are not text.
        let (end, isWrapped) = address.addingReportingOverflow(UInt32(source.count))
        return !isWrapped && watchedText.overlaps(address..<end)
    }

    /// Puts a program's bytes in place. They may lie where the guest cannot load, below `low` in its frame.
    ///
    /// - Throws: `outside`, `capReached`.
    package mutating func load(_ image: ELFImage) throws(GuestMemoryError) {
        let first = low & ~UInt32(RISCVLimits.frameByteCount - 1)
        for chunk in image.chunks {
            guard chunk.address >= first, UInt64(chunk.end) <= high else {
                throw .outside(address: chunk.address, byteCount: UInt64(chunk.bytes.count))
            }
            try makeWritable(chunk.address, byteCount: chunk.bytes.count)
            // What was just made writable. Large pages would hide from the cap what is written to.
            unsafe tandem_take_pages(bytes + Int(chunk.address), chunk.bytes.count)
            unsafe chunk.bytes.withUnsafeBytes { source in
                // `chunk.end` was compared with the end of the reservation.
                unsafe UnsafeMutableRawBufferPointer(
                    start: bytes + Int(chunk.address), count: source.count
                ).copyMemory(from: source)
            }
        }
    }

    /// The instruction word at an address that is a multiple of 4; nil outside guest memory.
    func fetch(_ address: UInt32) -> UInt32? {
        guard contains(address, byteCount: 4) else { return nil }
        openEdges(for: address, byteCount: 4)
        // Inside the reservation, and it can be read.
        return unsafe bytes.load(fromByteOffset: Int(address), as: UInt32.self)
    }

    /// Makes the pages of a non-empty range ready to be written.
    private mutating func makeWritable(
        _ address: UInt32, byteCount: Int
    ) throws(GuestMemoryError) {
        switch touch(address, byteCount: byteCount) {
        case .ready: break
        case .capReached: throw .capReached(byteCount: byteCountMax)
        case .hostRefused: throw .hostRefused
        }
    }
}
