import EthereumCodec
package import NetworkIO

/// How the servers of a chain are reached.
package struct EthereumRPCConfiguration: Hashable, Sendable {
    /// http or https URLs of servers of one chain, the preferred one first; 1 to 8.
    package var urls: [String]
    /// For one request to one server.
    package var timeoutMilliseconds: Int64 = 15_000

    /// A configuration for these servers.
    package init(urls: [String]) {
        self.urls = urls
    }
}

/// The JSON-RPC interface of an Ethereum chain (execution-apis), as far as a node needs it.
///
/// Answers are untrusted: bounded in size and depth, and every field is checked. Subscriptions over
/// WebSocket stand beside this type, not in it.
package final class EthereumRPC: Sendable {
    let transport: RPCTransport

    /// A client of these servers. The HTTP client may be shared, and is shut down by its owner.
    package init(
        configuration: EthereumRPCConfiguration, client: HTTPClient,
        observer: RPCObserver = RPCObserver()
    ) {
        transport = RPCTransport(
            client: client, urls: configuration.urls,
            timeoutMilliseconds: configuration.timeoutMilliseconds, observer: observer)
    }

    /// The result of one call.
    func call(_ call: RPCCall) async throws(EthereumRPCError) -> JSONValue {
        let answers = try await transport.call([call])
        return try answers[0].value()
    }
}
