/// Where a job is on its way. The raw values are those of JobStatusType in Proto/ and of the store.
package enum JobStatus: UInt8, CaseIterable, Hashable, Sendable {
    /// Accepted and durable; waits for an executor.
    case pending = 1
    /// Has a signed result; it is final when nobody wants it posted.
    case done = 2
    /// Ended without a result, or with one that the contract refused for good.
    case failed = 3
    /// The result is on the chain, confirmed.
    case relayed = 4
    /// In an executor.
    case running = 5
    /// Taken back by its sender.
    case cancelled = 6
    /// Its time to live passed before it was done.
    case expired = 7

    /// The name that the API shows.
    package var name: String {
        switch self {
        case .pending: "PENDING"
        case .done: "DONE"
        case .failed: "FAILED"
        case .relayed: "RELAYED"
        case .running: "RUNNING"
        case .cancelled: "CANCELLED"
        case .expired: "EXPIRED"
        }
    }

    /// Whether the job stays as it is, a reorganisation of the chain excepted.
    package var isTerminal: Bool {
        switch self {
        case .failed, .relayed, .cancelled, .expired: true
        case .pending, .running, .done: false
        }
    }

    /// Whether the job stands in the queue: it waits for an executor or is in one.
    package var isQueued: Bool { self == .pending || self == .running }
}
