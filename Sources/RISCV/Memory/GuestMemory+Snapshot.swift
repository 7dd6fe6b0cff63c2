extension GuestMemory {
    /// Whether a snapshot is waiting to be restored. Meanwhile only the interpreter runs the guest:
    /// translated code does not save the pages that it writes.
    package var hasSnapshot: Bool { snapshot != nil }

    /// Remembers everything as it is now. From here on the first store to each page saves it.
    /// O(pages written by the interpreter so far). There is one snapshot at a time.
    package mutating func takeSnapshot() {
        precondition(snapshot == nil, "a snapshot is already there")
        snapshot = Snapshot(touchedUnitCount: touchedUnits.count)
        forgetPageStates()
    }

    /// Makes everything as it was at `takeSnapshot`, and forgets the snapshot. O(pages written since).
    package mutating func restoreSnapshot() {
        guard let taken = snapshot else { return }
        snapshot = nil
        for saved in taken.savedPages { restore(saved) }
        forgetPageStates()
        // A refusal spoils the reservation; the guest finds its memory as it should be nevertheless,
        // because what was written since was restored one by one.
        _ = reservation.close(units: touchedUnits[taken.touchedUnitCount...])
        touchedUnits.removeLast(touchedUnits.count - taken.touchedUnitCount)
    }

    private mutating func forgetPageStates() {
        for page in knownPages { setState(of: Int(page), to: PageState.unknown) }
        knownPages.removeAll(keepingCapacity: true)
    }

    private func restore(_ saved: SavedPage) {
        let start = saved.page << RISCVLimits.pageShift
        openEdges(for: UInt32(start), byteCount: RISCVLimits.pageByteCount)
        // The page is one that `touch` admitted, so it lies inside the reservation and can be written.
        let target = unsafe UnsafeMutableRawBufferPointer(
            start: bytes + start, count: RISCVLimits.pageByteCount)
        guard !saved.bytes.isEmpty else {
            unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
            return
        }
        unsafe saved.bytes.withUnsafeBytes { source in
            // Exactly one page was saved, and it goes back to its own place.
            unsafe target.copyMemory(from: source)
        }
    }
}
