/// The stable words that tell a program why an operation was refused. They are part of the API: none is
/// ever renamed. openapi.json lists them.
package enum APIReason: String, CaseIterable, Sendable {
    // The request itself.
    case invalidBody = "INVALID_BODY"
    case invalidField = "INVALID_FIELD"
    case invalidRequestEncoding = "INVALID_REQUEST_ENCODING"
    case maxCyclesZero = "MAX_CYCLES_ZERO"
    case maxCyclesTooHigh = "MAX_CYCLES_TOO_HIGH"
    case programIDInvalid = "PROGRAM_ID_INVALID"
    case offchainInputHashMismatch = "OFFCHAIN_INPUT_HASH_MISMATCH"
    case stateHashMismatch = "STATE_HASH_MISMATCH"
    case requestTooLarge = "REQUEST_TOO_LARGE"

    // Who signed it.
    case signatureEmpty = "SIGNATURE_EMPTY"
    case signatureInvalid = "SIGNATURE_INVALID"
    case signatureHighS = "SIGNATURE_HIGH_S"
    case signerNotAllowed = "SIGNER_NOT_ALLOWED"
    case signerUnknown = "SIGNER_UNKNOWN"

    // What the node knows already.
    case unknownProgram = "UNKNOWN_PROGRAM"
    case unknownJob = "UNKNOWN_JOB"
    case nonceUsed = "NONCE_USED"
    case nonceTooLow = "NONCE_TOO_LOW"
    case jobFinished = "JOB_FINISHED"

    // Programs.
    case programEmpty = "PROGRAM_EMPTY"
    case programInvalid = "PROGRAM_INVALID"
    case programTooLarge = "PROGRAM_TOO_LARGE"
    case programIDMismatch = "PROGRAM_ID_MISMATCH"
    case programIDTaken = "PROGRAM_ID_TAKEN"

    // The node.
    case queueFull = "QUEUE_FULL"
    case shuttingDown = "SHUTTING_DOWN"
    case chainUnavailable = "CHAIN_UNAVAILABLE"
    case storeFailed = "STORE_FAILED"
    case executorCrashed = "EXECUTOR_CRASHED"
    case deadlineExceeded = "DEADLINE_EXCEEDED"
    case `internal` = "INTERNAL"

    // The connection, before any operation is asked for; the front answers with these by itself.
    case malformedRequest = "MALFORMED_REQUEST"
    case headersTooLarge = "HEADERS_TOO_LARGE"
    case bodyTooLarge = "BODY_TOO_LARGE"
    case requestTimeout = "REQUEST_TIMEOUT"
    case unknownExpectation = "UNKNOWN_EXPECTATION"
    case unknownTransferCoding = "UNKNOWN_TRANSFER_CODING"
    case unknownHTTPVersion = "UNKNOWN_HTTP_VERSION"
    case overloaded = "OVERLOADED"
    case wrongListener = "WRONG_LISTENER"

    // The route.
    case unknownRoute = "UNKNOWN_ROUTE"
    case unknownService = "UNKNOWN_SERVICE"
    case methodNotAllowed = "METHOD_NOT_ALLOWED"
    case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
}
