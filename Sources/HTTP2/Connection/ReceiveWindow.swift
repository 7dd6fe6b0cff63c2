/// What the peer may still send, and what it will be told (RFC 9113 section 6.9).
struct ReceiveWindow {
    /// The window of a new connection and, before SETTINGS are acknowledged, of a new stream.
    static let initialBytes = 65_535

    /// Bytes the peer may send; below 0 when SETTINGS shrank the window under it.
    private(set) var available: Int

    /// Bytes consumed and not yet given back. Starts below 0 when the window is to shrink: the first
    /// bytes consumed are then kept.
    private var unannounced: Int

    /// The size that giving back restores.
    private var target: Int

    init(available: Int, target: Int) {
        self.available = available
        self.target = target
        unannounced = min(0, target - available)
    }

    /// Counts received bytes; false when they are more than the window.
    mutating func receive(_ byteCount: Int) -> Bool {
        available -= byteCount
        return available >= 0
    }

    /// Counts consumed bytes; returns the increment to announce now, 0 for none. Waits for half a window,
    /// so that small messages cost no WINDOW_UPDATE each.
    mutating func consume(_ byteCount: Int) -> Int {
        unannounced += byteCount
        guard unannounced > 0, unannounced * 2 >= target else { return 0 }
        let increment = unannounced
        available += increment
        unannounced = 0
        return increment
    }

    /// Opens the window to `size`; returns the increment to announce, 0 for none.
    mutating func open(to size: Int) -> Int {
        target = size
        guard size > available else { return 0 }
        let increment = size - available
        available = size
        unannounced = 0
        return increment
    }

    /// SETTINGS took effect at the peer: its window is smaller by `byteCount`. Returns the increment to
    /// announce now, 0 for none: what was consumed before may be all that the peer waits for.
    mutating func shrink(by byteCount: Int) -> Int {
        available -= byteCount
        unannounced += byteCount
        return consume(0)
    }
}
