import Foundation

/// A door that stays open once it was opened; for holding a thread at a known place.
final class Gate: Sendable {
    private let group = DispatchGroup()
    private let once = OnceFlag()

    init() { group.enter() }

    func open() {
        if once.take() { group.leave() }
    }

    func wait() { group.wait() }
}

private final class OnceFlag: @unchecked Sendable {
    private let lock = NSLock()
    private var isTaken = false

    func take() -> Bool {
        lock.withLock {
            defer { isTaken = true }
            return !isTaken
        }
    }
}
