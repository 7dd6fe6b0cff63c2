import Synchronization

/// The memory that unfinished HTTP/1.1 bodies may take over all connections. Safe on any thread.
final class BodyBudget: Sendable {
    private let byteCountMax: Int
    private let used = Atomic<Int>(0)

    init(byteCountMax: Int) {
        self.byteCountMax = byteCountMax
    }

    /// Takes `byteCount` bytes, or nothing when that is more than is left.
    func take(_ byteCount: Int) -> Bool {
        let total = used.wrappingAdd(byteCount, ordering: .relaxed).newValue
        guard total > byteCountMax else { return true }
        used.wrappingSubtract(byteCount, ordering: .relaxed)
        return false
    }

    /// Gives back what `take` gave.
    func give(_ byteCount: Int) {
        if byteCount > 0 { used.wrappingSubtract(byteCount, ordering: .relaxed) }
    }
}
