/// What loads and stores need of a guest's memory, as locals of the loop that executes them. Valid as
/// long as the `GuestMemory` it was taken from.
@safe
struct MemoryWindow {
    private let bytes: UnsafeMutableRawPointer
    private let states: UnsafeMutableRawPointer
    /// The whole frames of the guest's range, which can always be read.
    private let low: UInt32
    private let byteCount: UInt32

    init(_ memory: borrowing GuestMemory) {
        // The caller keeps `memory` for as long as it uses the window.
        unsafe bytes = unsafe memory.bytes
        unsafe states = unsafe memory.pageStates
        let open = memory.reservation.openRange
        low = UInt32(truncatingIfNeeded: open.lowerBound)
        // Below 2^32 unless the range begins at 0, which no ABI's does.
        byteCount = UInt32(truncatingIfNeeded: open.count)
    }

    /// Loads the `Value` at `address`, which must be aligned for it.
    @inline(__always)
    func load<Value: FixedWidthInteger & BitwiseCopyable>(
        _ address: UInt32, as type: Value.Type, _ memory: inout GuestMemory
    ) throws(MachineFault) -> Value {
        guard address & UInt32(MemoryLayout<Value>.size - 1) == 0 else {
            throw .misalignedLoad(address: address)
        }
        if address &- low >= byteCount { try Self.admitLoad(address, type, &memory) }
        // Aligned and in a range that ends at a multiple of 4: inside the reservation.
        return unsafe bytes.load(fromByteOffset: Int(address), as: type)
    }

    /// The slow half of a load: the frames that lie partly in the guest's range. `memory` is `inout`, as
    /// otherwise the compiler copies it to the stack for each load, the fast ones too.
    @inline(never)
    private static func admitLoad<Value: FixedWidthInteger>(
        _ address: UInt32, _ type: Value.Type, _ memory: inout GuestMemory
    ) throws(MachineFault) {
        guard memory.contains(address, byteCount: UInt64(MemoryLayout<Value>.size)) else {
            throw .loadOutside(address: address)
        }
        memory.reservation.openEdges()
    }

    /// Whether stores to the page of `address` need no further look. Any address may be asked about:
    /// there is a state for each page of the 32-bit space.
    @inline(__always)
    func isOpen(_ address: UInt32) -> Bool {
        // The offset is below 2^22, the size of the table.
        unsafe states.load(
            fromByteOffset: Int(address >> UInt32(RISCVLimits.pageShift)), as: UInt8.self)
            == GuestMemory.PageState.open
    }

    /// Stores `value` at an aligned `address` that is on an open page or was admitted.
    @inline(__always)
    func store<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value, at address: UInt32) {
        // Open pages and admitted addresses lie inside the reservation and can be written.
        unsafe bytes.storeBytes(of: value, toByteOffset: Int(address), as: Value.self)
    }
}
