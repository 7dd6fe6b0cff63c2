internal import CMachine
internal import Glibc
internal import Synchronization

/// Wakes a thread that waits in poll.
final class WakeSignal: Sendable {
    /// Whether there was a wake that was not taken yet.
    private let isPending = Atomic(false)

    /// Whether the thread waits in poll, or is about to, and has to be told by the descriptor.
    private let isAsleep = Atomic(false)

    /// What to poll for readability.
    let fileDescriptor: Int32

    init() throws(ExecutionPoolError) {
        fileDescriptor = tandem_open_wake_counter()
        guard fileDescriptor >= 0 else {
            throw .systemRefused(call: "eventfd", errorNumber: errno)
        }
    }

    deinit {
        _ = close(fileDescriptor)
    }

    /// Makes poll return, now or when it is next called. No system call while the thread is awake.
    func wake() {
        // In this order, and in the opposite one in `goesToSleep`: one of the two sees the other.
        isPending.store(true, ordering: .sequentiallyConsistent)
        if isAsleep.exchange(false, ordering: .sequentiallyConsistent) {
            addToCounter(fileDescriptor, by: 1)
        }
    }

    /// Whether there was a wake that was not taken. For a thread that looks instead of sleeping.
    var isRaised: Bool { isPending.load(ordering: .acquiring) }

    /// To be called before poll waits; false when there was a wake, and it must not.
    func goesToSleep() -> Bool {
        isAsleep.store(true, ordering: .sequentiallyConsistent)
        guard isPending.load(ordering: .sequentiallyConsistent) else { return true }
        isAsleep.store(false, ordering: .relaxed)
        return false
    }

    /// Takes all wakes that there were. What the wakers did before is seen after this call.
    ///
    /// - Parameter isReadable: whether poll said that the descriptor has something, which does not block.
    func drain(isReadable: Bool) {
        isAsleep.store(false, ordering: .relaxed)
        if isReadable { _ = takeFromCounter(fileDescriptor) }
        _ = isPending.exchange(false, ordering: .acquiringAndReleasing)
    }
}

/// Counts things to do for threads that wait for them.
final class WorkSemaphore: Sendable {
    private let fileDescriptor: Int32

    init() throws(ExecutionPoolError) {
        fileDescriptor = tandem_open_semaphore()
        guard fileDescriptor >= 0 else {
            throw .systemRefused(call: "eventfd", errorNumber: errno)
        }
    }

    deinit {
        _ = close(fileDescriptor)
    }

    /// One more thing to do, or several.
    func signal(count: Int = 1) {
        addToCounter(fileDescriptor, by: UInt64(count))
    }

    /// Waits for a thing to do, and takes it.
    func wait() {
        while !takeFromCounter(fileDescriptor) {}
    }
}

/// Adds to the counter. It cannot overflow: nobody writes 2^64 times.
private func addToCounter(_ fileDescriptor: Int32, by count: UInt64) {
    var count = count
    // The eight bytes of a local variable.
    _ = unsafe write(fileDescriptor, &count, MemoryLayout<UInt64>.size)
}

/// Takes from the counter; false when a signal handler interrupted the wait or nothing is there.
private func takeFromCounter(_ fileDescriptor: Int32) -> Bool {
    var count: UInt64 = 0
    // The eight bytes of a local variable.
    return unsafe read(fileDescriptor, &count, MemoryLayout<UInt64>.size) > 0
}
