/// The status codes of gRPC (grpc/doc/statuscodes.md).
package enum GRPCStatusCode: UInt8, Sendable, CaseIterable {
    case ok = 0
    case cancelled = 1
    case unknown = 2
    case invalidArgument = 3
    case deadlineExceeded = 4
    case notFound = 5
    case alreadyExists = 6
    case permissionDenied = 7
    case resourceExhausted = 8
    case failedPrecondition = 9
    case aborted = 10
    case outOfRange = 11
    case unimplemented = 12
    case `internal` = 13
    case unavailable = 14
    case dataLoss = 15
    case unauthenticated = 16

    /// What a missing `grpc-status` means, from the HTTP status (grpc/doc/http-grpc-status-mapping.md).
    package init(httpStatus: Int) {
        switch httpStatus {
        case 400: self = .internal
        case 401: self = .unauthenticated
        case 403: self = .permissionDenied
        case 404: self = .unimplemented
        case 429, 502, 503, 504: self = .unavailable
        default: self = .unknown
        }
    }

    /// What RST_STREAM means for the call it ended (PROTOCOL-HTTP2.md, "Errors").
    package init(resetCode: UInt32) {
        switch resetCode {
        case 0x7: self = .unavailable
        case 0x8: self = .cancelled
        case 0xb: self = .resourceExhausted
        case 0xc: self = .permissionDenied
        default: self = .internal
        }
    }
}

/// How a call ended.
package struct GRPCStatus: Error, Hashable, Sendable, CustomStringConvertible {
    /// The code.
    package let code: GRPCStatusCode

    /// What was wrong and what would be right; empty with `ok`.
    package let message: String

    package init(_ code: GRPCStatusCode, _ message: String = "") {
        self.code = code
        self.message = message
    }

    /// Success.
    package static var ok: GRPCStatus { GRPCStatus(.ok) }

    package var description: String { "\(code): \(message)" }
}
