internal import Synchronization

/// Keeps dry runs and program checks, which clients ask for freely, from filling the executors' queue:
/// accepted jobs must always find room there.
final class ClientExecutions: Sendable {
    private let state = Mutex((count: 0, byteCount: 0))

    /// Takes a place for work that holds so many bytes; false when there is none.
    func enter(byteCount: Int) -> Bool {
        state.withLock { state in
            guard state.count < NodeLimits.clientExecutionCountMax,
                byteCount <= NodeLimits.clientExecutionByteCountMax - state.byteCount
            else { return false }
            state.count += 1
            state.byteCount += byteCount
            return true
        }
    }

    /// Gives the place back.
    func leave(byteCount: Int) {
        state.withLock { state in
            state.count -= 1
            state.byteCount -= byteCount
        }
    }
}
