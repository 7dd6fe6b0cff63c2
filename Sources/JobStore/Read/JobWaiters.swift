internal import Bytes
package import JobEngine
internal import Synchronization

/// A call that waits for a job; for taking it back.
package struct JobWaiterID: Hashable, Sendable {
    let jobID: JobID
    let number: UInt64
}

/// What became of the wish to wait for a job.
package enum OnWait: Hashable, Sendable {
    /// The job has its result or has ended; the callback is not called.
    case settled(JobView)
    /// The callback will be called once, or never if the waiter is taken back or the store closes.
    case waiting(JobWaiterID)
    case unknownJob
    /// As many calls wait as are allowed.
    case overloaded
}

/// Who waits for which job.
final class JobWaiters: Sendable {
    private struct Waiter: Sendable {
        let number: UInt64
        let callback: @Sendable (JobRecord) -> Void
    }

    private struct State: Sendable {
        var waiters: [JobID: [Waiter]] = [:]
        var count = 0
        var lastNumber: UInt64 = 0
    }

    private let countMax: Int
    private let state = Mutex(State())

    init(countMax: Int) {
        self.countMax = countMax
    }

    /// Adds a waiter; nil when there are too many.
    func add(
        _ id: JobID, _ callback: @escaping @Sendable (JobRecord) -> Void
    ) -> JobWaiterID? {
        state.withLock { state in
            guard state.count < countMax else { return nil }
            state.count += 1
            state.lastNumber += 1
            let waiter = Waiter(number: state.lastNumber, callback: callback)
            state.waiters[id, default: []].append(waiter)
            return JobWaiterID(jobID: id, number: waiter.number)
        }
    }

    /// Takes a waiter back; false when it was called, or is being called.
    @discardableResult
    func remove(_ id: JobWaiterID) -> Bool {
        state.withLock { state in
            guard let index = state.waiters[id.jobID]?.firstIndex(where: { $0.number == id.number })
            else { return false }
            state.waiters[id.jobID]?.remove(at: index)
            if state.waiters[id.jobID]?.isEmpty ?? true { state.waiters[id.jobID] = nil }
            state.count -= 1
            return true
        }
    }

    /// Calls, outside the lock, those who wait for a job that is done or has ended.
    func tell(_ record: JobRecord) {
        guard record.status == .done || record.status.isTerminal else { return }
        let waiters = state.withLock { state in
            let waiters = state.waiters.removeValue(forKey: record.id) ?? []
            state.count -= waiters.count
            return waiters
        }
        for waiter in waiters { waiter.callback(record) }
    }
}
