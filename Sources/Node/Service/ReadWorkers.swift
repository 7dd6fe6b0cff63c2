internal import Dispatch
internal import Synchronization

/// Threads for short work that may touch the disk, which event loops must not.
final class ReadWorkers: Sendable {
    private let queues: [DispatchQueue]
    private let waitingCountMax: Int
    private let state = Mutex((waiting: 0, next: 0))

    /// Workers that take at most `waitingCountMax` pieces of work at once.
    init(threadCount: Int, waitingCountMax: Int) {
        queues = (0..<max(1, threadCount)).map { DispatchQueue(label: "tandem.read.\($0)") }
        self.waitingCountMax = waitingCountMax
    }

    /// Runs `work` on a worker; false, and it is not run, when too much waits.
    func run(_ work: @escaping @Sendable () -> Void) -> Bool {
        let index: Int? = state.withLock { state in
            guard state.waiting < waitingCountMax else { return nil }
            state.waiting += 1
            state.next = (state.next + 1) % queues.count
            return state.next
        }
        guard let index else { return false }
        queues[index].async {
            work()
            self.state.withLock { $0.waiting -= 1 }
        }
        return true
    }

    /// Runs `work` on a worker after a while, whatever waits.
    func run(afterSeconds seconds: UInt64, _ work: @escaping @Sendable () -> Void) {
        queues[0].asyncAfter(deadline: .now() + .seconds(Int(clamping: seconds)), execute: work)
    }
}
