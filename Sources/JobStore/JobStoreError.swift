package import JobEngine

/// Why the store could not do what was asked.
package enum JobStoreError: Error, Hashable, Sendable {
    /// The directory cannot be opened as a store.
    case cannotOpen(path: String, message: String)
    /// Another process, or another store of this one, has the directory open.
    case locked(path: String)
    /// The directory holds a store that must not be used: the first violation, and how many there
    /// are.
    case untrusted(StoreViolation, count: Int)
    /// A stored value cannot be read.
    case corrupted(StoreViolation)
    /// The disk or RocksDB refused an operation.
    case inputOutput(operation: String, message: String)
    /// An earlier write failed, so what is on disk is not known: the node must be restarted.
    case failed(message: String)
    /// The store is closed.
    case closed
    /// Too many commands wait.
    case overloaded
    /// As many programs are registered as are allowed.
    case tooManyPrograms(countMax: Int)

    /// Whether the same call may succeed later on this store.
    package var isRetryable: Bool {
        switch self {
        case .overloaded: true
        case .cannotOpen, .locked, .untrusted, .corrupted, .inputOutput, .failed, .closed,
            .tooManyPrograms:
            false
        }
    }
}

extension JobStoreError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotOpen(let path, let message):
            "cannot open the store in \(path): \(message)"
        case .locked(let path):
            "the store in \(path) is in use by another process; a store has one owner at a time"
        case .untrusted(let violation, let count):
            "the store is damaged (\(count) findings) and is not used; the first: \(violation)"
        case .corrupted(let violation):
            "a stored value cannot be read: \(violation)"
        case .inputOutput(let operation, let message):
            "the store could not \(operation): \(message)"
        case .failed(let message):
            "the store stopped after a failed write (\(message)); restart the node"
        case .closed:
            "the store is closed"
        case .overloaded:
            "too many requests wait for the store; try again later"
        case .tooManyPrograms(let countMax):
            "\(countMax) programs are registered, which is the limit"
        }
    }
}

/// One thing that is wrong with a store: where, and what.
package struct StoreViolation: Hashable, Sendable, CustomStringConvertible {
    /// The column family.
    package let family: String
    /// The key, in hexadecimal.
    package let key: String
    package let message: String

    package var description: String { "\(family)/\(key): \(message)" }
}

/// Why a submission was not accepted.
package enum SubmitError: Error, Hashable, Sendable, CustomStringConvertible {
    case refused(IntakeError)
    case store(JobStoreError)

    package var description: String {
        switch self {
        case .refused(let error): error.description
        case .store(let error): error.description
        }
    }
}

/// Why an event was not applied to a job.
package enum JobCommandError: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownJob
    case refused(TransitionError)
    case store(JobStoreError)

    package var description: String {
        switch self {
        case .unknownJob: "job not found"
        case .refused(let error): error.description
        case .store(let error): error.description
        }
    }
}

/// Why a program was not registered.
package enum ProgramError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The id is bound to another ELF, or to another virtual machine, for ever.
    case idTaken(ProgramRecord)
    case store(JobStoreError)

    package var description: String {
        switch self {
        case .idTaken(let record):
            "the program id \(record.id) is bound to the ELF with SHA-256 \(record.elfHash)"
        case .store(let error): error.description
        }
    }
}
