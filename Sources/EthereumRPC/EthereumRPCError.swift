package import NetworkIO

/// Why a call has no answer.
package enum EthereumRPCError: Error, Hashable, Sendable {
    /// The server was not reached, or its answer did not arrive.
    case transport(HTTPClientError)
    /// The server answered with an HTTP status other than 200 and no JSON-RPC answer.
    case status(Int)
    /// The answer is not what the method returns. Names the field.
    case malformedAnswer(String)
    /// The contract's output is not what the function returns. Names the function.
    case unexpectedOutput(String)
    /// The server answered with an error.
    case server(ServerError)

    /// Whether the same call may succeed later without anything being changed by us.
    package var isRetryable: Bool {
        switch self {
        case .transport(let error): error.isRetryable
        case .status(let status): status == 408 || status == 429 || status >= 500
        case .malformedAnswer: true
        case .unexpectedOutput: false
        case .server(let error): error.isRetryable
        }
    }

    /// Whether the answer says nothing about what was asked, because the server is down, overloaded
    /// or confused; another one may do better.
    package var isServersFault: Bool {
        switch self {
        case .transport(let error): error != .cancelled
        case .status, .malformedAnswer: true
        case .unexpectedOutput: false
        case .server(let error): error.isOverload
        }
    }

    /// A metric label without variable text.
    package var shortName: String {
        switch self {
        case .transport(let error): error.shortName
        case .status: "http_status"
        case .malformedAnswer: "malformed_answer"
        case .unexpectedOutput: "unexpected_output"
        case .server(let error): error.isRevert ? "reverted" : "server_error"
        }
    }
}

extension EthereumRPCError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .transport(let error): error.description
        case .status(let status): "the server answered with HTTP status \(status)"
        case .malformedAnswer(let field): "the server's answer is malformed: \(field)"
        case .unexpectedOutput(let function):
            "the contract does not answer as \(function) does"
        case .server(let error): error.description
        }
    }
}
