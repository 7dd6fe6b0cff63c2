import Foundation
import Synchronization

/// Ends the process when a comparison takes far too long, and says which: code that never comes back
/// would otherwise stop the tests without a word.
enum HangWatch {
    private static let secondsMax = 120.0

    private struct Watched {
        var nextID = 0
        var running: [Int: (name: String, start: Date)] = [:]
        var hasThread = false
    }

    private static let watched = Mutex(Watched())

    /// Calls `body`, for which there is so much time.
    static func watch<Result>(_ name: String, _ body: () throws -> Result) rethrows -> Result {
        let (id, isFirst) = watched.withLock { watched in
            watched.nextID += 1
            watched.running[watched.nextID] = (name, Date())
            defer { watched.hasThread = true }
            return (watched.nextID, !watched.hasThread)
        }
        if isFirst { Thread.detachNewThread { look() } }
        defer { watched.withLock { _ = $0.running.removeValue(forKey: id) } }
        return try body()
    }

    private static func look() {
        while true {
            Thread.sleep(forTimeInterval: 5)
            let late = watched.withLock { watched in
                watched.running.values.first { -$0.start.timeIntervalSinceNow > secondsMax }
            }
            if let late { fatalError("does not come back: \(late.name)") }
        }
    }
}
