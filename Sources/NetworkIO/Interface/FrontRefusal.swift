import GRPCProtocol

/// What the front answers by itself, before or instead of the service.
enum FrontRefusal: Hashable, Sendable {
    /// The request breaks the rules of HTTP/1.1 (RFC 9112) or HTTP/2; what is wrong.
    case malformed(String)

    /// The header section is larger than the limit.
    case headersTooLarge(byteCountMax: Int)

    /// The body is larger than its route allows.
    case bodyTooLarge(byteCountMax: Int)

    /// The client sends too slowly.
    case requestTimeout

    /// An `expect` other than `100-continue`.
    case unknownExpectation

    /// A transfer coding other than `chunked`.
    case unknownTransferCoding

    /// A version other than 1.0, 1.1 and 2.
    case unknownVersion

    /// Too many unfinished bodies at once, over all clients.
    case overloaded

    /// The listener serves gRPC only.
    case grpcOnly

    /// The listener serves no gRPC.
    case noGRPC

    /// The service let the request go without an answer.
    case noAnswer

    /// The stable word of the error body.
    var reason: String {
        switch self {
        case .malformed: "MALFORMED_REQUEST"
        case .headersTooLarge: "HEADERS_TOO_LARGE"
        case .bodyTooLarge: "BODY_TOO_LARGE"
        case .requestTimeout: "REQUEST_TIMEOUT"
        case .unknownExpectation: "UNKNOWN_EXPECTATION"
        case .unknownTransferCoding: "UNKNOWN_TRANSFER_CODING"
        case .unknownVersion: "UNKNOWN_HTTP_VERSION"
        case .overloaded: "OVERLOADED"
        case .grpcOnly, .noGRPC: "WRONG_LISTENER"
        case .noAnswer: "INTERNAL"
        }
    }

    /// What was wrong and what would be right.
    var message: String {
        switch self {
        case .malformed(let what): "malformed request: \(what)"
        case .headersTooLarge(let limit): "the header fields may have \(limit) bytes in all"
        case .bodyTooLarge(let limit): "the body may have \(limit) bytes"
        case .requestTimeout: "the request did not arrive in time"
        case .unknownExpectation: "the only expectation supported is 100-continue"
        case .unknownTransferCoding: "the only transfer coding supported is chunked"
        case .unknownVersion: "the versions supported are HTTP/1.0, HTTP/1.1 and HTTP/2"
        case .overloaded: "too many uploads at once; try again later"
        case .grpcOnly: "this address serves gRPC only (HTTP/2, content-type application/grpc)"
        case .noGRPC: "this address serves no gRPC"
        case .noAnswer: "the request was lost inside the node"
        }
    }

    /// The status over HTTP.
    var httpStatus: Int {
        switch self {
        case .malformed: 400
        case .headersTooLarge: 431
        case .bodyTooLarge: 413
        case .requestTimeout: 408
        case .unknownExpectation: 417
        case .unknownTransferCoding: 501
        case .unknownVersion: 505
        case .overloaded: 503
        case .grpcOnly, .noGRPC: 415
        case .noAnswer: 500
        }
    }

    /// The status over gRPC.
    var grpcCode: GRPCStatusCode {
        switch self {
        case .malformed, .unknownExpectation: .invalidArgument
        case .headersTooLarge, .bodyTooLarge: .resourceExhausted
        case .requestTimeout: .deadlineExceeded
        case .unknownTransferCoding, .unknownVersion, .grpcOnly, .noGRPC: .unimplemented
        case .overloaded: .unavailable
        case .noAnswer: .internal
        }
    }

    /// The answer to a gRPC call.
    var grpcStatus: GRPCStatus { GRPCStatus(grpcCode, message) }

    /// The answer to a plain request: the error body of DESIGN section 3.
    var httpResponse: HTTPResponse {
        // The messages above hold neither quotes nor control characters, so they need no escaping.
        let body =
            #"{"message":""# + message + #"","grpc_code":"# + String(grpcCode.rawValue)
            + #","reason":""# + reason + #""}"#
        var response = HTTPResponse(
            status: httpStatus, contentType: "application/json", body: Array(body.utf8))
        if case .overloaded = self { response.headers.append("retry-after", "1") }
        return response
    }
}
