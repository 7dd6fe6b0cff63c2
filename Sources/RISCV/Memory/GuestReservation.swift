import CMachine

/// The address space of one guest at a time: 4 GiB with a guard on either side, nothing of it
/// accessible at first, and the tables that say what was written to. Kept between guests, because
/// making one costs more than a small job. Owned by the thread that runs the guest.
///
///     fresh ── guest begins ──> in use ── guest ends ──> left ── tidy ──> tidy ── guest begins ──> …
///
/// What a guest wrote is there until `tidy`, and no guest begins before that.
@safe
package final class GuestReservation {
    // Each is a mapping that `deinit` ends. `bytes` is guest address 0; the guards take up what the
    // translator's addresses may go beyond either end (an immediate of 12 bits).
    let bytes: UnsafeMutableRawPointer
    /// One state for each page of `RISCVLimits.pageByteCount` bytes: `GuestMemory.PageState`.
    let pageStates: UnsafeMutableRawPointer
    /// One state for each unit of `RISCVLimits.unitByteCount` bytes: `GuestMemory.UnitState`.
    let unitStates: UnsafeMutableRawPointer

    /// The frames that lie wholly in the guest's range: they can be read, and written where a unit was
    /// touched.
    private(set) var openRange: Range<Int> = 0..<0
    /// The frames that lie partly in the guest's range, at its ends; any of them may be empty.
    private var edges: [2 of Range<Int>] = [0..<0, 0..<0]
    private var edgesAreOpen = false
    /// Whether the system refused something, so that the state is unknown.
    package internal(set) var isSpoiled = false
    /// Whether a `GuestMemory` is built on it.
    var isInUse = false

    /// A unit that stays writable between guests, so that writing to it costs nothing.
    struct OpenUnit {
        let number: UInt16
        /// How many of the last guests left no trace in it.
        let idleCount: Int
    }

    /// The units that were open when the last guest began, or, once its memory is tidy, that are open for
    /// the next one. They are all zero when it begins, and lie wholly in `openRange`.
    var openUnits: [OpenUnit] = []
    /// What the last guest may have written to, those of `openUnits` first.
    var leftUnits: [UInt16] = []
    /// Whether the last guest met its cap while units counted that it may not have written to. Whether it
    /// should have is not known then: it has to run once more, with no unit open.
    package internal(set) var isLastCapDoubtful = false

    static let pageCount = 1 << (32 - RISCVLimits.pageShift)
    static let unitCount = 1 << (32 - RISCVLimits.unitShift)
    private static let guardByteCount = 1 << 16
    private static let byteCount = 2 * guardByteCount + 1 << 32

    /// A reservation that no guest has used.
    ///
    /// - Throws: `hostRefused`.
    package init() throws(GuestMemoryError) {
        guard let start = unsafe tandem_reserve_closed(Self.byteCount) else { throw .hostRefused }
        guard let states = unsafe tandem_reserve(Self.pageCount + Self.unitCount) else {
            unsafe tandem_release(start, Self.byteCount)
            throw .hostRefused
        }
        unsafe bytes = unsafe start + Self.guardByteCount
        unsafe pageStates = unsafe states
        unsafe unitStates = unsafe states + Self.pageCount
    }

    deinit {
        unsafe tandem_release(bytes - Self.guardByteCount, Self.byteCount)
        unsafe tandem_release(pageStates, Self.pageCount + Self.unitCount)
    }

    /// Opens the addresses of a guest's range, and nothing else. False when the system refuses.
    func prepare(low: UInt32, high: UInt64) -> Bool {
        let frame = RISCVLimits.frameByteCount
        let outer = Int(low) & ~(frame - 1)..<(Int(high) + frame - 1) & ~(frame - 1)
        let open = (Int(low) + frame - 1) & ~(frame - 1)..<Int(high) & ~(frame - 1)
        guard openRange != open else { return true }
        guard closeUnits(), closeEdges(), protect(openRange, TANDEM_ACCESS_NONE),
            protect(open, TANDEM_ACCESS_READ)
        else { return false }
        openRange = open
        edges = [outer.lowerBound..<open.lowerBound, open.upperBound..<outer.upperBound]
        return true
    }

    /// Makes the edges accessible to the host and the interpreter.
    func openEdges() {
        guard !edgesAreOpen else { return }
        // A refusal spoils the reservation, and the access that follows faults: it costs one job.
        _ = protect(edges[0], TANDEM_ACCESS_READ_WRITE)
        _ = protect(edges[1], TANDEM_ACCESS_READ_WRITE)
        edgesAreOpen = true
    }

    /// Makes accesses to the edges fault. False when the system refuses.
    func closeEdges() -> Bool {
        guard edgesAreOpen else { return true }
        edgesAreOpen = false
        return protect(edges[0], TANDEM_ACCESS_NONE) && protect(edges[1], TANDEM_ACCESS_NONE)
    }

    /// Sets what may be done with whole 4 KiB frames. A refusal spoils the reservation.
    func protect(_ range: Range<Int>, _ access: tandem_access) -> Bool {
        guard !range.isEmpty else { return true }
        // Callers pass frames of the 32-bit space, which is what is reserved.
        if unsafe tandem_protect(bytes + range.lowerBound, range.count, access) == 0 { return true }
        isSpoiled = true
        return false
    }

    /// Makes a range of whole 4 KiB frames zero and gives its pages back to the system.
    func discard(_ range: Range<Int>) -> Bool {
        // As in `protect`.
        if unsafe tandem_discard(bytes + range.lowerBound, range.count) == 0 { return true }
        isSpoiled = true
        return false
    }
}
