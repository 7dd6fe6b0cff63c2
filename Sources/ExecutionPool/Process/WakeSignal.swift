internal import CMachine
internal import Glibc
internal import Synchronization

/// Wakes a thread that waits in poll.
final class WakeSignal: Sendable {
    /// Whether there was a wake that was not drained yet; further ones then need no system call.
    private let isRaised = Atomic(false)

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

    /// Makes poll return, now or when it is next called.
    func wake() {
        if !isRaised.exchange(true, ordering: .acquiringAndReleasing) {
            addToCounter(fileDescriptor, by: 1)
        }
    }

    /// Takes all wakes that there were. What the wakers did before is seen after this call. The
    /// descriptor does not block.
    func drain() {
        _ = takeFromCounter(fileDescriptor)
        // In this order: a waker that comes in between finds the signal raised, and what it did before
        // is seen by whoever lowers it.
        _ = isRaised.exchange(false, ordering: .acquiringAndReleasing)
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
