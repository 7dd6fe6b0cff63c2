import Bytes

/// The memory from `AddressMap.kernelLow` to the end of the address space: the kernel's own, and the
/// words through which the machine talks to it. Zero at first. The user's memory is a machine's
/// `GuestMemory`, so nothing that the user runs can reach this one.
///
/// Pages of 4 KiB, found through tables of 256. Each run begins with a copy of the program's, which costs
/// as much as the kernel's image has.
struct KernelMemory: Sendable {
    private static let pageByteCount = 1 << 12
    private static let tableEntryCount = 1 << 8

    /// For each MiB which of `tables` it has, from 1 on; 0 for one that is all zero.
    private var directory = [UInt16](repeating: 0, count: 1 << 10)
    /// For each page of a table which of `bytes` it has, from 1 on; 0 for one that is all zero.
    private var tables: [UInt16] = []
    private var bytes: [UInt8] = []

    /// Zeros.
    init() {}

    /// Whether all bytes of a range are here. No bytes are, anywhere.
    static func contains(_ address: UInt32, byteCount: Int) -> Bool {
        byteCount == 0 || address >= AddressMap.kernelLow && byteCount <= (1 << 32) - Int(address)
    }

    /// The word at an address that is inside and a multiple of 4.
    func word(_ address: UInt32) -> UInt32 {
        guard let page = page(of: address) else { return 0 }
        return bytes.span.littleEndianUInt32(at: page | Self.offset(address))
    }

    /// The bytes of a range that is inside.
    func read(_ address: UInt32, byteCount: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(byteCount)
        while result.count < byteCount {
            // The caller checked the range: no address wraps.
            let place = address &+ UInt32(result.count)
            let start = Self.offset(place)
            let count = min(byteCount - result.count, Self.pageByteCount - start)
            if let page = page(of: place) {
                result += bytes[page + start..<page + start + count]
            } else {
                result += repeatElement(0, count: count)
            }
        }
        return result
    }

    /// Writes a range that is inside.
    ///
    /// - Throws: `GuestStop` when the kernel has written to more than it may.
    mutating func write(_ address: UInt32, _ source: Span<UInt8>) throws(GuestStop) {
        var done = 0
        while done < source.count {
            // As in `read`.
            let place = address &+ UInt32(done)
            let start = Self.offset(place)
            let count = min(source.count - done, Self.pageByteCount - start)
            let page = try takePage(of: place)
            for index in 0..<count { bytes[page + start + index] = source[done + index] }
            done += count
        }
    }

    /// Writes a word to an address that is inside and a multiple of 4.
    mutating func setWord(_ address: UInt32, _ value: UInt32) throws(GuestStop) {
        let start = try takePage(of: address) | Self.offset(address)
        for index in 0..<4 {
            bytes[start + index] = UInt8(truncatingIfNeeded: value >> UInt32(index * 8))
        }
    }

    /// Where the page of an address starts in `bytes`; nil when it is all zero.
    private func page(of address: UInt32) -> Int? {
        let table = Int(directory[Self.tableIndex(address)])
        guard table > 0 else { return nil }
        let page = Int(tables[(table - 1) * Self.tableEntryCount + Self.entryIndex(address)])
        return page > 0 ? (page - 1) * Self.pageByteCount : nil
    }

    /// The same, after taking the page if need be.
    private mutating func takePage(of address: UInt32) throws(GuestStop) -> Int {
        if let page = page(of: address) { return page }
        let end = bytes.count + Self.pageByteCount
        guard end <= GuestRuntimeLimits.kernelMemoryByteCountMax else {
            throw .failed(
                .memoryLimitExceeded,
                detail: "the kernel wrote to more than "
                    + "\(GuestRuntimeLimits.kernelMemoryByteCountMax) bytes of memory")
        }
        if directory[Self.tableIndex(address)] == 0 {
            tables.append(contentsOf: repeatElement(0, count: Self.tableEntryCount))
            // There are 1024 tables at most, and 4096 pages.
            directory[Self.tableIndex(address)] = UInt16(tables.count / Self.tableEntryCount)
        }
        let table = Int(directory[Self.tableIndex(address)]) - 1
        tables[table * Self.tableEntryCount + Self.entryIndex(address)] = UInt16(
            end / Self.pageByteCount)
        bytes.append(contentsOf: repeatElement(0, count: Self.pageByteCount))
        return end - Self.pageByteCount
    }

    // Inside means from 0xC000_0000 on, which is 1 GiB.
    private static func tableIndex(_ address: UInt32) -> Int {
        Int((address &- AddressMap.kernelLow) >> 20)
    }

    private static func entryIndex(_ address: UInt32) -> Int { Int(address >> 12 & 0xff) }

    private static func offset(_ address: UInt32) -> Int { Int(address & 0xfff) }
}
