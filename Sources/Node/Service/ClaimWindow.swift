/// How many jobs to take from the store, so that executors never wait for the disk and few jobs are
/// RUNNING that do not run. One claim is under way at a time.
///
///     idle ── wanted, room ──> claiming ── claimed(n) ──> idle, or claiming again when more was wanted
struct ClaimWindow {
    private let countMax: Int
    private var heldCount = 0
    private var isClaiming = false
    /// Whether the store may have jobs that nobody asked for yet.
    private var mayHaveMore = false

    init(countMax: Int) {
        self.countMax = max(1, countMax)
    }

    /// There may be jobs in line. Returns how many to claim now, nil for none.
    mutating func jobsMayWait() -> Int? {
        mayHaveMore = true
        return next()
    }

    /// A claim that asked for `asked` jobs brought `count`. Returns how many to claim now.
    mutating func claimed(_ count: Int, of asked: Int) -> Int? {
        isClaiming = false
        heldCount += count
        // A full answer leaves others in line, perhaps.
        if count == asked { mayHaveMore = true }
        return next()
    }

    /// A job left the executors. Returns how many to claim now.
    mutating func finished() -> Int? {
        heldCount -= 1
        return next()
    }

    private mutating func next() -> Int? {
        guard mayHaveMore, !isClaiming, heldCount < countMax else { return nil }
        isClaiming = true
        mayHaveMore = false
        return countMax - heldCount
    }
}
