/// What a server serves. Its methods are called on event loops: they must not block, and either
/// complete the reply at once (no thread is crossed) or keep it and complete it later from any thread.
///
/// A reply that is released without having been completed is answered with an internal error.
package protocol NetworkService: Sendable {
    /// The paths (REST, or `/package.Service/Method`), without queries, for which the two functions below
    /// return another limit than for all other paths; a handful at most. An HTTP/2 connection has to know
    /// before anything comes.
    var pathsWithOwnLimits: [String] { get }

    /// The largest body to accept, in bytes, asked once the header of a request is there and before
    /// its body is read. A larger one is answered with 413 and the connection is closed.
    func bodyByteCountMax(method: String, target: String) -> Int

    /// The largest message to accept for a gRPC method (`/package.Service/Method`), in bytes. A larger
    /// one is answered with RESOURCE_EXHAUSTED.
    func messageByteCountMax(path: String) -> Int

    /// Answers a plain request. Unknown paths and methods are the service's to refuse.
    func handle(_ request: HTTPRequest, reply: HTTPReply)

    /// Answers a unary gRPC call. Unknown methods are the service's to refuse.
    func handle(_ call: GRPCRequest, reply: GRPCReply)
}

extension NetworkService {
    package var pathsWithOwnLimits: [String] { [] }

    package func bodyByteCountMax(method: String, target: String) -> Int {
        NetworkLimits.bodyByteCountMaxDefault
    }

    package func messageByteCountMax(path: String) -> Int {
        NetworkLimits.bodyByteCountMaxDefault
    }
}
