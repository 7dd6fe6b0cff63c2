package import Bytes
package import GuestRuntime

/// How a request ended.
package enum ExecutionOutcome: Sendable {
    /// The guest ran to its end, a good one or not.
    case finished(GuestOutcome)
    /// The checked program can run; this is its computed id.
    case programAccepted(ProgramID)
    /// The program cannot run, and why.
    case programRefused(String)
    /// The request was not carried out.
    case failed(ExecutionFailure)
}

/// Why a request was not carried out, through no fault of what it asked for.
package enum ExecutionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The executor died, or was killed by somebody else, while it had the request. The text says
    /// how it ended.
    case executorCrashed(String)
    /// The request held its executor longer than the limit, and that was killed.
    case wallClockExceeded(limit: Duration)
    /// `cancel` was called.
    case cancelled
    /// The pool was shut down.
    case shutDown
    /// There is no such program.
    case programUnknown(ProgramID)
    /// The request does not fit in a message to an executor.
    case requestTooLarge(byteCount: Int)

    /// A stable upper-case word.
    package var reason: String {
        switch self {
        case .executorCrashed: "EXECUTOR_CRASHED"
        case .wallClockExceeded: "EXECUTOR_TIMED_OUT"
        case .cancelled: "CANCELLED"
        case .shutDown: "SHUT_DOWN"
        case .programUnknown: "PROGRAM_UNKNOWN"
        case .requestTooLarge: "REQUEST_TOO_LARGE"
        }
    }

    package var description: String {
        switch self {
        case .executorCrashed(let how): "the executor process died: \(how)"
        case .wallClockExceeded(let limit): "the run took longer than \(limit)"
        case .cancelled: "the request was cancelled"
        case .shutDown: "the node is shutting down"
        case .programUnknown(let id): "there is no program \(id)"
        case .requestTooLarge(let byteCount): "a request of \(byteCount) bytes is too large"
        }
    }
}

/// Called once with the outcome of a request, on a thread of the pool: it must not block.
package typealias ExecutionCompletion = @Sendable (ExecutionOutcome) -> Void
