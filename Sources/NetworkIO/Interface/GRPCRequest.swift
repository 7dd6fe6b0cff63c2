package import GRPCProtocol

/// A whole unary gRPC call: one message, decompressed.
package struct GRPCRequest: Sendable {
    /// `/package.Service/Method`.
    package let path: String

    /// The serialised message.
    package let message: [UInt8]

    /// The caller's metadata.
    package let metadata: GRPCMetadata

    /// When the caller stops waiting, in nanoseconds of the monotonic clock (CLOCK_MONOTONIC,
    /// `DispatchTime`); nil for a patient one. The server answers DEADLINE_EXCEEDED by itself.
    package let deadlineNanoseconds: UInt64?

    /// Who called.
    package let remoteAddress: RemoteAddress

    /// The kind of listener it came in through.
    package let listener: ListenerKind

    package init(
        path: String, message: [UInt8], metadata: GRPCMetadata = GRPCMetadata(),
        deadlineNanoseconds: UInt64? = nil, remoteAddress: RemoteAddress = .unknown,
        listener: ListenerKind = .all
    ) {
        self.path = path
        self.message = message
        self.metadata = metadata
        self.deadlineNanoseconds = deadlineNanoseconds
        self.remoteAddress = remoteAddress
        self.listener = listener
    }
}

/// The answer to a unary gRPC call that succeeded.
package struct GRPCResponse: Sendable {
    /// The serialised message.
    package var message: [UInt8]

    /// Trailing metadata beside the status: text only, and keys that are not the protocol's own; others are
    /// left out.
    package var trailers: HTTPHeaderList

    package init(message: [UInt8], trailers: HTTPHeaderList = [:]) {
        self.message = message
        self.trailers = trailers
    }
}

/// How a unary call ended.
enum GRPCOutcome: Sendable {
    case response(GRPCResponse)
    case failure(GRPCStatus, trailers: HTTPHeaderList)
}
