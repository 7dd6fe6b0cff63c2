package import GRPCProtocol
package import JobEngine

/// A refusal, the same over both faces: a gRPC status whose message says what was wrong and what would
/// be right, and a stable word for programs.
package struct APIError: Error, Sendable, Equatable {
    package let reason: APIReason
    package let message: String
    /// How long a client that is told to come back should wait, in seconds.
    package let retryAfterSeconds: UInt32?

    /// A refusal for `reason`.
    package init(_ reason: APIReason, _ message: String, retryAfterSeconds: UInt32? = nil) {
        self.reason = reason
        self.message = message
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// The gRPC status code.
    package var code: GRPCStatusCode { reason.code }

    /// The HTTP status of the REST face.
    package var httpStatus: Int { reason.httpStatus }
}

extension APIError {
    /// The refusal of a submission.
    package init(_ error: IntakeError) {
        // A test holds the words of the two enums together.
        let reason = APIReason(rawValue: error.reason.rawValue) ?? .internal
        self.init(reason, error.description, retryAfterSeconds: error.isRetryable ? 1 : nil)
    }
}
