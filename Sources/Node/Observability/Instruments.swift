internal import Synchronization

/// A count that only rises. Safe from any thread.
package final class Counter: Sendable {
    private let storage = Atomic<UInt64>(0)

    package init() {}

    package var value: UInt64 { storage.load(ordering: .relaxed) }

    /// Adds to the count.
    package func add(_ amount: UInt64 = 1) {
        storage.wrappingAdd(amount, ordering: .relaxed)
    }
}

/// How long something took, counted in buckets. Safe from any thread.
package final class LatencyHistogram: Sendable {
    /// The upper bounds of the buckets in seconds: powers of four from 16 µs to 4.6 hours.
    package static let bounds: [Double] = (0..<16).map { 16e-6 * Double(UInt64(1) << (2 * $0)) }

    private let buckets: [Counter] = (0...LatencyHistogram.bounds.count).map { _ in Counter() }
    private let nanoseconds = Atomic<UInt64>(0)

    package init() {}

    /// Counts one event that took so many nanoseconds.
    package func record(nanoseconds elapsed: UInt64) {
        let seconds = Double(elapsed) / 1e9
        let index = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        buckets[index].add()
        nanoseconds.wrappingAdd(elapsed, ordering: .relaxed)
    }

    /// Events up to and including each bound, then all events.
    var cumulativeCounts: [UInt64] {
        var total: UInt64 = 0
        return buckets.map { bucket in
            total &+= bucket.value
            return total
        }
    }

    var sumSeconds: Double { Double(nanoseconds.load(ordering: .relaxed)) / 1e9 }
}
