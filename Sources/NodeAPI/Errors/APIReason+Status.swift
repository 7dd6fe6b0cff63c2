package import GRPCProtocol

extension APIReason {
    /// The gRPC status code that goes with the word.
    package var code: GRPCStatusCode {
        switch self {
        case .invalidBody, .invalidField, .invalidRequestEncoding, .maxCyclesZero,
            .maxCyclesTooHigh, .programIDInvalid, .offchainInputHashMismatch, .stateHashMismatch,
            .programEmpty, .programInvalid, .programIDMismatch, .unsupportedMediaType,
            .signatureEmpty, .malformedRequest, .unknownExpectation:
            .invalidArgument
        case .signatureInvalid, .signatureHighS: .unauthenticated
        case .signerNotAllowed: .permissionDenied
        case .unknownProgram, .unknownJob, .unknownService: .notFound
        case .nonceUsed, .programIDTaken: .alreadyExists
        case .nonceTooLow, .jobFinished: .failedPrecondition
        case .requestTooLarge, .programTooLarge, .queueFull, .bodyTooLarge, .headersTooLarge:
            .resourceExhausted
        case .shuttingDown, .chainUnavailable, .signerUnknown, .storeFailed, .overloaded:
            .unavailable
        case .executorCrashed, .internal: .internal
        case .deadlineExceeded, .requestTimeout: .deadlineExceeded
        case .unknownRoute, .methodNotAllowed, .unknownTransferCoding, .unknownHTTPVersion,
            .wrongListener:
            .unimplemented
        }
    }

    /// The HTTP status: the usual one of the gRPC code, or a more precise one where HTTP has it.
    package var httpStatus: Int {
        switch self {
        case .requestTooLarge, .programTooLarge, .bodyTooLarge: 413
        case .headersTooLarge: 431
        case .requestTimeout: 408
        case .unknownExpectation: 417
        case .unknownHTTPVersion: 505
        case .unknownRoute: 404
        case .methodNotAllowed: 405
        case .unsupportedMediaType, .wrongListener: 415
        default: Self.httpStatus(of: code)
        }
    }

    /// The HTTP status of a gRPC code, as google.rpc.Code maps them, but for FAILED_PRECONDITION: a
    /// request that is well-formed and can't be done now is 422 here.
    static func httpStatus(of code: GRPCStatusCode) -> Int {
        switch code {
        case .ok: 200
        case .cancelled: 499
        case .invalidArgument, .outOfRange: 400
        case .deadlineExceeded: 504
        case .notFound: 404
        case .alreadyExists, .aborted: 409
        case .permissionDenied: 403
        case .unauthenticated: 401
        case .resourceExhausted: 429
        case .failedPrecondition: 422
        case .unimplemented: 501
        case .unavailable: 503
        case .unknown, .internal, .dataLoss: 500
        }
    }
}
