/// Why the pool did not take a request or could not start.
package enum ExecutionPoolError: Error, Hashable, Sendable, CustomStringConvertible {
    /// As many requests, or bytes, wait as may wait. Later there will be room.
    case queueFull
    /// A request for this job waits or runs.
    case jobAlreadySubmitted
    /// The pool was not started, or was shut down.
    case notRunning
    /// The configuration is wrong; the text says what.
    case configurationInvalid(String)
    /// The system refused a process, a thread or a descriptor.
    case systemRefused(call: String, errorNumber: Int32)

    /// Whether the same request may succeed later.
    package var isRetryable: Bool {
        switch self {
        case .queueFull: true
        case .jobAlreadySubmitted, .notRunning, .configurationInvalid, .systemRefused: false
        }
    }

    package var description: String {
        switch self {
        case .queueFull: "the execution queue is full"
        case .jobAlreadySubmitted: "the job is already being executed"
        case .notRunning: "the execution pool is not running"
        case .configurationInvalid(let complaint): complaint
        case .systemRefused(let call, let number): "\(call) failed with errno \(number)"
        }
    }
}
