internal import Glibc

/// The thread of the committer: a committer blocks on the disk, which no thread of a pool may.
@safe
final class CommitterThread: @unchecked Sendable {
    // Written once in `init` and read once, in `join`, which the store calls under a lock.
    private let thread: pthread_t

    /// Starts the thread. The committer belongs to it from here on.
    init(_ committer: sending Committer) throws(JobStoreError) {
        let context = unsafe Unmanaged.passRetained(committer)
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                // The reference that `passRetained` above gave away is taken over once, here.
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Committer>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            throw .inputOutput(operation: "start the committer's thread", message: "error \(code)")
        }
        self.thread = thread
    }

    /// Waits for the end of the thread; called at most once, and not by the thread itself.
    func join() {
        pthread_join(thread, nil)
    }

    /// Whether the caller runs on this thread.
    var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

    /// Lets the thread end by itself.
    func detach() {
        pthread_detach(thread)
    }
}
