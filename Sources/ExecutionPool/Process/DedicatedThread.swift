internal import Glibc

/// A thread of its own, for loops that block: the cooperative pool has one thread per core and none
/// to spare.
struct DedicatedThread: Sendable {
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    private let handle: pthread_t

    /// Starts a thread.
    init(_ run: @escaping @Sendable () -> Void) throws(ExecutionPoolError) {
        // The box is retained here and released by the thread that it is handed to.
        let box = unsafe Unmanaged.passRetained(Body(run))
        var handle = pthread_t()
        let number = unsafe pthread_create(
            &handle, nil,
            { context in
                // The context is the box above; pthread_create passes it on unchanged.
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard number == 0 else {
            unsafe box.release()
            throw .systemRefused(call: "pthread_create", errorNumber: number)
        }
        self.handle = handle
    }

    /// Waits until the thread has ended. To be called once, from another thread.
    func join() {
        // The handle is valid until this call, which is the only one.
        _ = pthread_join(handle, nil)
    }
}
