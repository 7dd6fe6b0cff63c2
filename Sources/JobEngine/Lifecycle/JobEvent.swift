package import Bytes

/// Something that happened to a job.
package enum JobEvent: Hashable, Sendable {
    /// An executor took the job.
    case started
    /// The executor was lost through no fault of the program; the job is to run again.
    case interrupted
    /// The node came up and found the job in an executor that no longer exists.
    case nodeRestarted
    /// The program ended well, its result is signed. `isPosted` says whether it goes to the chain.
    case succeeded(cycles: UInt64, isPosted: Bool)
    /// The run failed for good. `cycles` is what the program used, where it ran.
    case failed(JobFailure, cycles: UInt64)
    /// The sender took the job back.
    case cancelled
    /// The time to live may have passed.
    case deadlinePassed
    /// Posting went a step further: the transaction that carries the result now, if there is one,
    /// and how many attempts failed so far.
    case relayAdvanced(transaction: Hash32?, failures: UInt32)
    /// The result stands on the chain, confirmed; nil when another's transaction put it there.
    case relayConfirmed(transaction: Hash32?)
    /// The contract refuses the result for good.
    case relayRefused(JobFailure)
    /// A reorganisation dropped the confirmed transaction; the result is posted again.
    case relayReorganised
}

/// Why an event does not apply to a job. The job stays as it was.
package enum TransitionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The job has ended.
    case jobHasEnded(JobStatus)
    /// The event belongs to another state.
    case notInState(JobStatus)
    /// The job is done and its result is posted nowhere, so nothing about posting can happen to it.
    case notPosted
    /// The deadline lies ahead, or there is none.
    case deadlineNotReached

    package var description: String {
        switch self {
        case .jobHasEnded(let status): "the job has ended: it is \(status.name)"
        case .notInState(let status): "the job is \(status.name), which does not allow this"
        case .notPosted: "the result of the job is not posted to a chain"
        case .deadlineNotReached: "the deadline of the job has not passed"
        }
    }
}
