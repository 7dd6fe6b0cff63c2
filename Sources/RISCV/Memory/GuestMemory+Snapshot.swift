extension GuestMemory {
    /// Whether a snapshot is waiting to be restored.
    package var hasSnapshot: Bool { savedPages != nil }

    /// Remembers everything as it is now. From here on the first store to each page saves it.
    /// O(pages written so far). There is one snapshot at a time.
    package mutating func takeSnapshot() {
        precondition(savedPages == nil, "a snapshot is already there")
        savedPages = []
        for page in touchedPages { setState(of: Int(page), to: PageState.frozen) }
    }

    /// Makes everything as it was at `takeSnapshot`, and forgets the snapshot.
    package mutating func restoreSnapshot() {
        guard let saved = savedPages else { return }
        savedPages = nil
        for page in saved { restore(page) }
        // Pages touched since stand at the end of the list, in order.
        touchedPages.removeLast(saved.count { !$0.wasTouched })
        for page in touchedPages where state(of: Int(page)) == PageState.frozen {
            setState(of: Int(page), to: PageState.untouched)
        }
        recountFrames()
    }

    private func restore(_ saved: SavedPage) {
        let start = saved.page << RISCVLimits.pageShift
        // The page is one that `touch` admitted, so it lies inside the reservation.
        unsafe UnsafeMutableRawBufferPointer(
            start: bytes + start, count: RISCVLimits.pageByteCount
        ).initializeMemory(as: UInt8.self, repeating: 0)
        if saved.wasTouched {
            unsafe saved.bytes.withUnsafeBytes { source in
                // Exactly one page was saved, and it goes back to its own place.
                unsafe UnsafeMutableRawBufferPointer(start: bytes + start, count: source.count)
                    .copyMemory(from: source)
            }
        }
        setState(of: saved.page, to: PageState.untouched)
    }

    /// Touches the pages of the list again, which gives each its state and counts the frames. The cap
    /// held when they were touched first, so it holds now.
    private mutating func recountFrames() {
        let pages = touchedPages
        touchedPages.removeAll(keepingCapacity: true)
        touchedFrameCount = 0
        for page in pages { _ = touch(Int(page)) }
    }
}
