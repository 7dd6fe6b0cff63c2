extension GuestMemory {
    /// What became of a store that was not to an open page.
    enum StoreAdmission {
        case allowed
        /// Allowed, and the bytes are text: what was decoded ahead of time no longer holds.
        case allowedIntoText
        case outside
        case capReached
    }

    /// Checks the first store to a page, or any store to a watched one. `address` is aligned for
    /// the `byteCount` of 1, 2 or 4, so the store does not cross a page.
    @inline(never)
    mutating func admitStore(_ address: UInt32, byteCount: UInt32) -> StoreAdmission {
        guard address >= low, address < high, byteCount <= high - address else { return .outside }
        guard touch(Int(address >> UInt32(RISCVLimits.pageShift))) else { return .capReached }
        // `high` is below 2^31, so the sum is exact.
        return watchedText.overlaps(address..<address + byteCount) ? .allowedIntoText : .allowed
    }

    /// Makes a page below `high` ready to be written. False when the cap is reached.
    mutating func touch(_ page: Int) -> Bool {
        switch state(of: page) {
        case PageState.untouched:
            guard countFrame(of: page) else { return false }
            savedPages?.append(SavedPage(page: page, wasTouched: false, bytes: []))
            touchedPages.append(UInt32(truncatingIfNeeded: page))
        case PageState.frozen:
            guard touchedByteCount + savedByteCount < byteCountMax else { return false }
            let saved = SavedPage(page: page, wasTouched: true, bytes: pageBytes(page))
            savedPages?.append(saved)
        default: return true
        }
        setState(of: page, to: writtenState(of: page))
        return true
    }

    /// Open, unless an address of the page is text or not data at all.
    private func writtenState(of page: Int) -> UInt8 {
        let start = UInt32(truncatingIfNeeded: page << RISCVLimits.pageShift)
        let end = start + UInt32(RISCVLimits.pageByteCount)
        let isWatched = start < low || end > high || watchedText.overlaps(start..<end)
        return isWatched ? PageState.watched : PageState.open
    }

    /// Counts the 4 KiB frame of a page, once.
    private mutating func countFrame(of page: Int) -> Bool {
        let first = page & ~(RISCVLimits.framePageCount - 1)
        for sibling in first..<first + RISCVLimits.framePageCount
        where state(of: sibling) != PageState.untouched { return true }
        guard touchedByteCount + savedByteCount < byteCountMax else { return false }
        touchedFrameCount += 1
        return true
    }

    private var savedByteCount: Int { (savedPages?.count ?? 0) * RISCVLimits.pageByteCount }

    private func pageBytes(_ page: Int) -> [UInt8] {
        let start = page << RISCVLimits.pageShift
        // The page lies below `high` rounded up to a frame, which is what is reserved.
        return unsafe [UInt8](
            UnsafeRawBufferPointer(start: bytes + start, count: RISCVLimits.pageByteCount))
    }
}
