internal import Bytes
internal import ExecutionPool
internal import JobEngine
internal import JobStore
internal import NodeAPI

// How the errors of the node's parts look from outside.
extension APIError {
    init(_ error: JobStoreError) {
        switch error {
        case .overloaded:
            self.init(.queueFull, error.description, retryAfterSeconds: 1)
        case .closed:
            self.init(.shuttingDown, "the node is shutting down", retryAfterSeconds: 5)
        case .tooManyPrograms:
            self.init(.queueFull, error.description)
        case .cannotOpen, .locked, .untrusted, .corrupted, .inputOutput, .failed:
            self.init(.storeFailed, error.description)
        }
    }

    init(_ error: JobCommandError, _ id: JobID) {
        switch error {
        case .unknownJob: self = .unknownJob(id)
        case .refused(let transition): self.init(.jobFinished, transition.description)
        case .store(let error): self.init(error)
        }
    }

    static func unknownJob(_ id: JobID) -> APIError {
        APIError(.unknownJob, "job not found: \(id)")
    }

    static func unknownProgram(_ id: ProgramID) -> APIError {
        APIError(.unknownProgram, "the program \(id) is not known to this node; submit it first")
    }
}

extension APIError {
    init(_ error: ExecutionPoolError) {
        switch error {
        case .queueFull: self.init(.queueFull, error.description, retryAfterSeconds: 1)
        case .notRunning: self.init(.shuttingDown, "the node is shutting down")
        case .jobAlreadySubmitted, .configurationInvalid, .systemRefused:
            self.init(.internal, error.description)
        }
    }

    init(_ failure: ExecutionFailure) {
        switch failure {
        case .executorCrashed: self.init(.executorCrashed, failure.description)
        case .wallClockExceeded: self.init(.deadlineExceeded, failure.description)
        case .cancelled, .shutDown: self.init(.shuttingDown, failure.description)
        case .programUnknown(let id): self = .unknownProgram(id)
        case .requestTooLarge: self.init(.requestTooLarge, failure.description)
        }
    }
}
