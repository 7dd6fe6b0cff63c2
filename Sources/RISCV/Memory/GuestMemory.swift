import CMachine

/// The memory of one guest: zero at first, committed page by page as it is written, given back at the
/// end.
///
/// Each page of `RISCVLimits.pageByteCount` bytes has a state. A store to a page in state `.open` needs
/// no further check; any other asks `admitStore`, which checks the range, counts the page, saves it for
/// the snapshot and notices the text. Owned by the thread that runs the guest.
@safe
package struct GuestMemory: ~Copyable {
    /// What a store to a page has to look at.
    enum PageState {
        /// Not written yet.
        static let untouched: UInt8 = 0
        /// Stores may go ahead.
        static let open: UInt8 = 1
        /// Written before; every store has to be looked at.
        static let watched: UInt8 = 2
        /// Written before the snapshot and not since.
        static let frozen: UInt8 = 3
    }

    /// How a page was before its first store since the snapshot.
    struct SavedPage {
        let page: Int
        let wasTouched: Bool
        let bytes: [UInt8]
    }

    /// The first address that may be loaded or stored.
    package let low: UInt32

    /// The first address past those that may be loaded or stored.
    package let high: UInt32

    /// The addresses whose bytes are fetched as instructions as they are at that moment (RISC Zero);
    /// empty when the text is fixed.
    package let watchedText: Range<UInt32>

    /// How many bytes the guest may write to, in units of 4 KiB.
    package let byteCountMax: Int

    // Both are reservations that `deinit` ends. Every address below `high` lies in the first; the
    // second has a byte for each page of the whole 32-bit space, so a store needs one check only:
    // pages outside the guest's memory are never open.
    let bytes: UnsafeMutableRawPointer
    let states: UnsafeMutableRawPointer

    /// The pages that were written, in the order of their first store.
    var touchedPages: [UInt32] = []
    var touchedFrameCount = 0
    var savedPages: [SavedPage]?

    /// Memory for a program under these rules.
    ///
    /// - Throws: `hostRefused`.
    package init(
        rules: ELFRules, text: Range<UInt32>, byteCountMax: Int
    ) throws(GuestMemoryError) {
        low = rules.dataLow
        high = rules.dataHigh
        watchedText = rules.textIsFixed ? 0..<0 : text
        self.byteCountMax = byteCountMax
        let size = Self.reservedByteCount(high: high)
        guard let bytes = unsafe tandem_reserve(size) else { throw .hostRefused }
        guard let states = unsafe tandem_reserve(Self.pageCount) else {
            unsafe tandem_release(bytes, size)
            throw .hostRefused
        }
        unsafe self.bytes = unsafe bytes
        unsafe self.states = unsafe states
    }

    deinit {
        unsafe tandem_release(bytes, Self.reservedByteCount(high: high))
        unsafe tandem_release(states, Self.pageCount)
    }

    /// How many states there are.
    private static let pageCount = 1 << (32 - RISCVLimits.pageShift)

    /// `high` in whole 4 KiB frames.
    private static func reservedByteCount(high: UInt32) -> Int { (Int(high) + 4095) & ~4095 }

    /// Makes everything zero and untouched, and gives the pages back to the system.
    ///
    /// - Throws: `hostRefused`; the memory must not be used again then.
    package mutating func reset() throws(GuestMemoryError) {
        guard unsafe tandem_discard(bytes, Self.reservedByteCount(high: high)) == 0,
            unsafe tandem_discard(states, Self.pageCount) == 0
        else { throw .hostRefused }
        touchedPages.removeAll(keepingCapacity: true)
        touchedFrameCount = 0
        savedPages = nil
    }

    /// How many bytes were written to, in units of 4 KiB.
    package var touchedByteCount: Int { touchedFrameCount * 4096 }

    /// The state of a page below `high`.
    func state(of page: Int) -> UInt8 {
        // Callers pass address >> pageShift of an address below `high`.
        unsafe states.load(fromByteOffset: page, as: UInt8.self)
    }

    /// Sets the state of a page below `high`.
    func setState(of page: Int, to state: UInt8) {
        // As in `state(of:)`.
        unsafe states.storeBytes(of: state, toByteOffset: page, as: UInt8.self)
    }
}
