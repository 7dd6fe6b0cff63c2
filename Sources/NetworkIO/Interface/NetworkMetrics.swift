/// The server's counters, to be read at any time from any thread.
package struct NetworkMetrics: Sendable {
    /// One reading. All but `connectionsOpen` only ever grow.
    package struct Reading: Hashable, Sendable {
        /// Connections taken from the listeners, those refused by a limit included.
        package var connectionsAccepted = 0

        /// Connections closed at once by a limit.
        package var connectionsRefused = 0

        /// Connections open now.
        package var connectionsOpen = 0

        /// Connections ended by the client breaking the protocol.
        package var connectionErrors = 0

        /// Requests over HTTP/1.0 and HTTP/1.1 handed to the service.
        package var http1Requests = 0

        /// Requests over HTTP/2, other than gRPC, handed to the service.
        package var http2Requests = 0

        /// gRPC calls handed to the service.
        package var grpcCalls = 0

        /// Requests and calls that the server refused by itself.
        package var requestsRefused = 0

        /// Connections closed because the client was idle or slow.
        package var timeouts = 0

        /// gRPC calls whose deadline passed.
        package var deadlinesExceeded = 0

        /// Requests and calls whose client went away before the answer.
        package var cancellations = 0

        /// Bytes received, below TLS's encryption.
        package var bytesIn = 0

        /// Bytes sent, below TLS's encryption.
        package var bytesOut = 0
    }

    private let loops: [LoopCounters]

    init(loops: [LoopCounters]) {
        self.loops = loops
    }

    /// The sums over all loops.
    package var reading: Reading {
        var sum = Reading()
        for loop in loops {
            sum.connectionsAccepted += loop.connectionsAccepted.count
            sum.connectionsRefused += loop.connectionsRefused.count
            sum.connectionsOpen += loop.connectionsOpen.count
            sum.connectionErrors += loop.connectionErrors.count
            sum.http1Requests += loop.http1Requests.count
            sum.http2Requests += loop.http2Requests.count
            sum.grpcCalls += loop.grpcCalls.count
            sum.requestsRefused += loop.requestsRefused.count
            sum.timeouts += loop.timeouts.count
            sum.deadlinesExceeded += loop.deadlinesExceeded.count
            sum.cancellations += loop.cancellations.count
            sum.bytesIn += loop.bytesIn.count
            sum.bytesOut += loop.bytesOut.count
        }
        return sum
    }
}
