/// The bounds of the poster's own queue.
enum PosterLimits {
    /// New postings that wait in memory for the poster's loop. More are read back from the outbox once
    /// the loop has caught up; only a loop that stands still gets there.
    static let waitingPostingCountMax = 10_000
}
