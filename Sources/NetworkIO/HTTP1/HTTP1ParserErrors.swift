import NIOCore
import NIOHTTP1

/// What to answer to the errors of NIO's parser.
enum HTTP1ParserErrors {
    /// The refusal for an error that the client caused by what it sent; nil for errors of the connection
    /// itself, which nobody can be told about.
    static func refusal(for error: any Error, limits: NetworkLimits) -> FrontRefusal? {
        guard let error = error as? HTTPParserError else { return nil }
        if error == .headerOverflow {
            return .headersTooLarge(byteCountMax: limits.headerListByteCountMax)
        }
        if error == .invalidVersion { return .unknownVersion }
        return .malformed(explanation(of: error))
    }

    private static func explanation(of error: HTTPParserError) -> String {
        switch error {
        case .invalidMethod: "unknown method"
        case .invalidURL, .invalidHost, .invalidPath, .invalidQueryString, .invalidPort:
            "unusable request target"
        case .invalidHeaderToken: "forbidden character in a header field"
        case .invalidContentLength: "content-length must be one decimal number"
        case .unexpectedContentLength: "content-length and transfer-encoding exclude each other"
        case .invalidChunkSize: "unusable chunk size"
        case .invalidEOFState: "the connection ended inside a request"
        case .lfExpected, .strictModeAssertion: "lines must end with CR LF"
        default: "not HTTP/1.1"
        }
    }
}
