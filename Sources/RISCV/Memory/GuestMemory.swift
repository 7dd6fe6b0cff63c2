import CMachine

/// The memory of one guest: zero at first, opened unit by unit as it is written, given back at the
/// end.
///
/// Two tables say what was written. A unit of 64 KiB counts towards the cap from its first write on;
/// until then the system makes writes to it fault, which is how translated code finds out. A unit that is
/// open since the guest before counts from the start: translated code writes to it unseen. A page of
/// 1 KiB is what the interpreter asks about: a store to one in state `.open` needs no further check, any
/// other asks `admitStore`, which checks the range, touches the unit, saves the page for the snapshot and
/// notices the text. Owned by the thread that runs the guest.
@safe
package struct GuestMemory: ~Copyable {
    /// What the interpreter has to look at before it stores to a page.
    enum PageState {
        /// Not written by the interpreter, or not since the snapshot.
        static let unknown: UInt8 = 0
        /// Stores may go ahead.
        static let open: UInt8 = 1
        /// Every store has to be looked at.
        static let watched: UInt8 = 2
    }

    /// What is known of a unit.
    enum UnitState {
        /// Not written to.
        static let closed: UInt8 = 0
        /// Written to.
        static let written: UInt8 = 1
        /// Open since the guest before, so that it may have been written to. Counted as if it was.
        static let open: UInt8 = 2
    }

    /// How a page was before its first store since the snapshot.
    struct SavedPage {
        let page: Int
        /// Empty when it was all zero.
        let bytes: [UInt8]
    }

    /// What is undone by `restoreSnapshot`.
    struct Snapshot {
        var savedPages: [SavedPage] = []
        let touchedUnitCount: Int
    }

    /// The first address that may be loaded or stored.
    package let low: UInt32

    /// The first address past those that may be loaded or stored.
    package let high: UInt64

    /// The addresses whose bytes are fetched as instructions as they are at that moment (RISC Zero);
    /// empty when the text is fixed.
    package let watchedText: Range<UInt32>

    /// How many bytes the guest may write to, in units of 64 KiB.
    package let byteCountMax: Int

    let reservation: GuestReservation
    // Copies of the reservation's, which lives as long as `self`.
    let bytes: UnsafeMutableRawPointer
    let pageStates: UnsafeMutableRawPointer
    let openRange: Range<Int>

    /// The pages whose state is not `unknown`.
    var knownPages: [UInt32] = []
    /// The units that count as written to: those that were open at the start, and then in the order of
    /// their first write.
    var touchedUnits: [UInt16]
    /// How many units are in state `open`.
    var openUnitCount: Int
    var snapshot: Snapshot?

    /// Memory for a program under these rules, on a reservation that no other memory uses.
    ///
    /// - Throws: `hostRefused`.
    package init(
        rules: ELFRules, text: Range<UInt32>, byteCountMax: Int, reservation: GuestReservation
    ) throws(GuestMemoryError) {
        precondition(!reservation.isInUse, "one guest at a time")
        reservation.tidy(keptUnitCountMax: 0)
        guard !reservation.isSpoiled,
            reservation.prepare(low: rules.dataLow, high: UInt64(rules.dataHigh))
        else { throw .hostRefused }
        reservation.isInUse = true
        reservation.isLastCapDoubtful = false
        touchedUnits = reservation.openUnits.map(\.number)
        openUnitCount = touchedUnits.count
        low = rules.dataLow
        high = UInt64(rules.dataHigh)
        watchedText = rules.textIsFixed ? 0..<0 : text
        self.byteCountMax = byteCountMax
        self.reservation = reservation
        unsafe bytes = unsafe reservation.bytes
        unsafe pageStates = unsafe reservation.pageStates
        openRange = reservation.openRange
        for unit in touchedUnits {
            reservation.setState(ofUnit: Int(unit), to: UnitState.open)
        }
    }

    deinit {
        close()
    }

    /// How many bytes were written to, in units of 64 KiB, and `doubtfulByteCount` at most.
    package var touchedByteCount: Int { touchedUnits.count * RISCVLimits.unitByteCount }

    /// How many of those bytes may not have been written to, because their units were open at the start.
    package var doubtfulByteCount: Int { openUnitCount * RISCVLimits.unitByteCount }

    /// The state of a page.
    func state(of page: Int) -> UInt8 {
        // Callers pass address >> pageShift of a 32-bit address; there is a state for each.
        unsafe pageStates.load(fromByteOffset: page, as: UInt8.self)
    }

    /// Sets the state of a page.
    func setState(of page: Int, to state: UInt8) {
        // As in `state(of:)`.
        unsafe pageStates.storeBytes(of: state, toByteOffset: page, as: UInt8.self)
    }
}
