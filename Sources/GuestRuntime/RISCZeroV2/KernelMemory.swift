import Bytes

/// The memory from `AddressMap.kernelLow` to the end of the address space: the kernel's own, and the
/// words through which the machine talks to it. Zero at first. The user's memory is a machine's
/// `GuestMemory`, so nothing that the user runs can reach this one.
struct KernelMemory: Sendable {
    /// The unit in which memory is taken.
    private static let unitShift: UInt32 = 16

    /// For each unit where it stands in `bytes`, in units; -1 for one that is all zero.
    private var places = [Int32](repeating: -1, count: 1 << 14)
    private var bytes: [UInt8] = []

    /// Zeros.
    init() {}

    /// Whether all bytes of a range are here. No bytes are, anywhere.
    static func contains(_ address: UInt32, byteCount: Int) -> Bool {
        byteCount == 0 || address >= AddressMap.kernelLow && byteCount <= (1 << 32) - Int(address)
    }

    /// The byte at an address that is inside.
    subscript(address: UInt32) -> UInt8 {
        let place = places[Self.unit(address)]
        return place < 0 ? 0 : bytes[Self.offset(address, place)]
    }

    /// The word at an address that is inside and a multiple of 4.
    func word(_ address: UInt32) -> UInt32 {
        let place = places[Self.unit(address)]
        guard place >= 0 else { return 0 }
        return bytes.span.littleEndianUInt32(at: Self.offset(address, place))
    }

    /// The bytes of a range that is inside.
    func read(_ address: UInt32, byteCount: Int) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(byteCount)
        // The caller checked the range: no address wraps.
        for offset in 0..<UInt32(byteCount) { result.append(self[address &+ offset]) }
        return result
    }

    /// Writes a range that is inside.
    ///
    /// - Throws: `GuestStop` when the kernel has written to more than it may.
    mutating func write(_ address: UInt32, _ source: Span<UInt8>) throws(GuestStop) {
        for index in source.indices {
            // As in `read`.
            let target = address &+ UInt32(index)
            let place = try place(of: target)
            bytes[Self.offset(target, place)] = source[index]
        }
    }

    /// Writes a word to an address that is inside and a multiple of 4.
    mutating func setWord(_ address: UInt32, _ value: UInt32) throws(GuestStop) {
        let place = try place(of: address)
        let offset = Self.offset(address, place)
        for index in 0..<4 {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(index * 8))
        }
    }

    /// Where the unit of an address stands, after taking it if need be.
    private mutating func place(of address: UInt32) throws(GuestStop) -> Int32 {
        let unit = Self.unit(address)
        if places[unit] >= 0 { return places[unit] }
        let unitByteCount = 1 << Int(Self.unitShift)
        guard bytes.count + unitByteCount <= GuestRuntimeLimits.kernelMemoryByteCountMax else {
            throw .failed(
                .memoryLimitExceeded,
                detail: "the kernel wrote to more than "
                    + "\(GuestRuntimeLimits.kernelMemoryByteCountMax) bytes of memory")
        }
        places[unit] = Int32(bytes.count / unitByteCount)
        bytes.append(contentsOf: repeatElement(0, count: unitByteCount))
        return places[unit]
    }

    private static func unit(_ address: UInt32) -> Int {
        // Inside means from 0xC000_0000 on: 2^14 units.
        Int((address &- AddressMap.kernelLow) >> unitShift)
    }

    private static func offset(_ address: UInt32, _ place: Int32) -> Int {
        Int(place) << Int(unitShift) | Int(address & 0xffff)
    }
}
