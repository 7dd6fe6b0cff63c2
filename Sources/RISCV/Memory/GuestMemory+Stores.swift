extension GuestMemory {
    /// What became of a store that was not to an open page.
    enum StoreAdmission {
        case allowed
        /// Allowed, and the bytes are text: what was decoded ahead of time no longer holds.
        case allowedIntoText
        case outside
        case capReached
        case hostRefused
    }

    /// Checks the first store to a page, or any store to a watched one. `address` is aligned for
    /// the `byteCount` of 1, 2 or 4, so the store does not cross a page.
    @inline(never)
    mutating func admitStore(_ address: UInt32, byteCount: UInt32) -> StoreAdmission {
        guard contains(address, byteCount: UInt64(byteCount)) else { return .outside }
        switch touch(page: Int(address >> UInt32(RISCVLimits.pageShift))) {
        case .capReached: return .capReached
        case .hostRefused: return .hostRefused
        case .ready: break
        }
        openEdges(for: address, byteCount: Int(byteCount))
        // The end of a range that `contains` accepts may be 2^32 only when it is not text.
        let isText =
            watchedText.contains(address) || watchedText.contains(address &+ byteCount &- 1)
        return isText ? .allowedIntoText : .allowed
    }

    /// Makes a page ready to be written by the interpreter.
    mutating func touch(page: Int) -> Touch {
        guard state(of: page) == PageState.unknown else { return .ready }
        let unit = page >> (RISCVLimits.unitShift - RISCVLimits.pageShift)
        let countBefore = touchedUnits.count
        let touch = touch(units: unit...unit)
        guard touch == .ready else { return touch }
        if snapshot != nil {
            guard save(page, isZero: touchedUnits.count > countBefore) else { return .capReached }
        }
        knownPages.append(UInt32(truncatingIfNeeded: page))
        setState(of: page, to: writtenState(of: page))
        return .ready
    }

    /// Makes the pages of a range ready to be written by the host.
    mutating func touch(_ address: UInt32, byteCount: Int) -> Touch {
        let end = Int(address) + byteCount - 1
        let touch = touch(
            units: Int(address) >> RISCVLimits.unitShift...end >> RISCVLimits.unitShift)
        openEdges(for: address, byteCount: byteCount)
        guard snapshot != nil, touch == .ready else { return touch }
        for page in Int(address) >> RISCVLimits.pageShift...end >> RISCVLimits.pageShift {
            let touch = self.touch(page: page)
            guard touch == .ready else { return touch }
        }
        return .ready
    }

    /// What the pages saved for the snapshot take.
    var savedByteCount: Int { (snapshot?.savedPages.count ?? 0) * RISCVLimits.pageByteCount }

    /// Open, unless an address of the page is text, not data at all, or in a frame that is closed at
    /// times.
    private func writtenState(of page: Int) -> UInt8 {
        let start = page << RISCVLimits.pageShift
        let end = start + RISCVLimits.pageByteCount
        let isText = start < Int(watchedText.upperBound) && end > Int(watchedText.lowerBound)
        let isOpen = reservation.openRange.contains(start)
        return isOpen && !(isText && !watchedText.isEmpty) ? PageState.open : PageState.watched
    }

    /// False when the cap is reached.
    private mutating func save(_ page: Int, isZero: Bool) -> Bool {
        guard hasRoom(for: 1) else { return false }
        let start = page << RISCVLimits.pageShift
        openEdges(for: UInt32(start), byteCount: RISCVLimits.pageByteCount)
        // The page lies in frames of the guest's range, which can be read.
        let bytes =
            unsafe isZero
            ? []
            : [UInt8](
                UnsafeRawBufferPointer(start: bytes + start, count: RISCVLimits.pageByteCount))
        snapshot?.savedPages.append(SavedPage(page: page, bytes: bytes))
        return true
    }
}
