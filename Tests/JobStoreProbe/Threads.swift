import Dispatch
import Foundation
import Synchronization

/// Runs `body` on a thread of its own, for ever.
func spawn(_ body: @escaping @Sendable () -> Void) {
    Thread.detachNewThread(body)
}

/// Opened once, waited for once.
final class Latch: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }
    func wait() { semaphore.wait() }
}

/// One value from one thread to another.
final class Exchange<Value: Sendable>: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let value = Mutex<Value?>(nil)

    func put(_ value: Value) {
        self.value.withLock { $0 = value }
        semaphore.signal()
    }

    func take() -> Value {
        semaphore.wait()
        guard let value = value.withLock({ $0 }) else { preconditionFailure("put before take") }
        return value
    }
}
