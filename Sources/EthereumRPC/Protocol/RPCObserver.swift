/// Where a client reports what it does, for metrics and logs. Called on any thread; must not block.
package struct RPCObserver: Sendable {
    /// One request to one server.
    package struct Request: Sendable {
        /// The method, or that of the first call of a batch.
        package let method: String
        /// Calls in the request.
        package let callCount: Int
        /// Which of the configured servers, counted from 0.
        package let serverIndex: Int
        /// From sending to having read the answer.
        package let duration: Duration
        /// Nil when the server answered; errors of single calls in the answer don't count.
        package let error: EthereumRPCError?
    }

    /// Called after each request.
    package var requestEnded: @Sendable (Request) -> Void

    /// An observer; by default one that looks away.
    package init(requestEnded: @escaping @Sendable (Request) -> Void = { _ in }) {
        self.requestEnded = requestEnded
    }
}
