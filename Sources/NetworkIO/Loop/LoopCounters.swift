import Synchronization

/// Counts of one loop. Only its loop adds, so no cache line is fought over; anyone may read.
final class LoopCounters: Sendable {
    let connectionsAccepted = Atomic<Int>(0)
    let connectionsRefused = Atomic<Int>(0)
    let connectionsOpen = Atomic<Int>(0)
    let connectionErrors = Atomic<Int>(0)
    let http1Requests = Atomic<Int>(0)
    let http2Requests = Atomic<Int>(0)
    let grpcCalls = Atomic<Int>(0)
    let requestsRefused = Atomic<Int>(0)
    let timeouts = Atomic<Int>(0)
    let deadlinesExceeded = Atomic<Int>(0)
    let cancellations = Atomic<Int>(0)
    let bytesIn = Atomic<Int>(0)
    let bytesOut = Atomic<Int>(0)
}

extension Atomic<Int> {
    /// Adds to a counter; readers may see it a little later.
    func bump(_ amount: Int = 1) {
        wrappingAdd(amount, ordering: .relaxed)
    }

    var count: Int { load(ordering: .relaxed) }
}
