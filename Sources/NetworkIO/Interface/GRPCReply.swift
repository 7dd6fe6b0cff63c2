package import GRPCProtocol

/// The way back for one unary gRPC call. Complete it once, at once or later, from any thread; whatever
/// comes after the first completion, after the deadline, or after the caller has gone, is dropped.
///
/// A reply released without an answer ends the call with INTERNAL. Streamed messages will begin here, as
/// a third way to complete.
package final class GRPCReply: Sendable {
    private let gate: ReplyGate

    init(gate: ReplyGate) {
        self.gate = gate
    }

    deinit {
        gate.pass(.grpc(.failure(FrontRefusal.noAnswer.grpcStatus, trailers: [:])))
    }

    /// Whether the caller has cancelled or gone, or the deadline has passed: work for it may stop.
    package var isCancelled: Bool { gate.isCancelled }

    /// Ends the call with status OK and this message.
    package func complete(_ response: GRPCResponse) {
        gate.pass(.grpc(.response(response)))
    }

    /// Ends the call with a status other than OK.
    package func fail(_ status: GRPCStatus, trailers: HTTPHeaderList = [:]) {
        gate.pass(.grpc(.failure(status, trailers: trailers)))
    }
}
