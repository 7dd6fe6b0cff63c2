package import Bytes
package import JobEngine
package import PostingEngine

/// The answer to a submission.
package struct SubmitReceipt: Hashable, Sendable {
    package let jobID: JobID
    /// Whether the job is new; false when the same bytes came before.
    package let isNew: Bool
}

/// How the run of a job ended.
package enum JobOutcome: Hashable, Sendable {
    /// The program ended well. `posting` is the outbox record; nil where nothing is posted.
    case succeeded(JobOutput, cycles: UInt64, posting: PostingRecord?)
    /// The program, or its executor, failed for good.
    case failed(JobFailure, cycles: UInt64)
    /// The executor was lost through no fault of the program.
    case interrupted
}

/// A program to register. The ELF has been checked and `computedID` computed by its virtual
/// machine.
package struct ProgramSubmission: Hashable, Sendable {
    /// The id under which jobs will name the program: `computedID` or a label.
    package let id: ProgramID
    package let vm: UInt8
    package let computedID: ProgramID
    package let elf: [UInt8]

    package init(id: ProgramID, vm: UInt8, computedID: ProgramID, elf: [UInt8]) {
        self.id = id
        self.vm = vm
        self.computedID = computedID
        self.elf = elf
    }
}

/// Called once, on the committer's thread and after the write, or at once and on the caller's
/// thread when the store does not take the command. It must not block.
package typealias StoreCompletion<Value, Failure: Error> =
    @Sendable (Result<Value, Failure>) -> Void

/// What the committer is asked to do. Commands are applied in the order in which they came.
enum StoreCommand: Sendable {
    case submit(JobCandidate, StoreCompletion<SubmitReceipt, SubmitError>)
    case register(ProgramSubmission, Hash32, StoreCompletion<ProgramRecord, ProgramError>)
    case claim(countMax: Int, StoreCompletion<[JobRecord], JobStoreError>)
    case finish(JobID, JobOutcome, StoreCompletion<JobRecord, JobCommandError>)
    case cancel(JobID, StoreCompletion<JobRecord, JobCommandError>)
    case advancePostings(PostingBatch, StoreCompletion<Void, JobCommandError>)
    case repost(PostingRecord, StoreCompletion<JobRecord, JobCommandError>)
    case setChainValue(String, [UInt8]?, StoreCompletion<Void, JobStoreError>)

    /// Whether it comes from a client, and so may be refused when many wait.
    var isFromClient: Bool {
        switch self {
        case .submit, .register, .cancel: true
        case .claim, .finish, .advancePostings, .repost, .setChainValue: false
        }
    }

    /// About how many bytes of memory it holds.
    var byteCount: Int {
        switch self {
        case .submit(let candidate, _): candidate.byteCount
        case .register(let program, _, _): 256 + program.elf.count
        case .finish(_, .succeeded(let output, _, let posting), _):
            256 + output.resultWithMetadata.count + (posting?.posting.calldata.count ?? 0)
        case .advancePostings(let batch, _):
            batch.records.reduce(256) { $0 + 256 + $1.posting.calldata.count }
        case .repost(let record, _): 256 + record.posting.calldata.count
        case .setChainValue(_, let value, _): 256 + (value?.count ?? 0)
        case .finish, .claim, .cancel: 256
        }
    }

    /// Answers with an error of the store.
    func fail(_ error: JobStoreError) {
        switch self {
        case .submit(_, let completion): completion(.failure(.store(error)))
        case .register(_, _, let completion): completion(.failure(.store(error)))
        case .claim(_, let completion): completion(.failure(error))
        case .finish(_, _, let completion): completion(.failure(.store(error)))
        case .cancel(_, let completion): completion(.failure(.store(error)))
        case .advancePostings(_, let completion): completion(.failure(.store(error)))
        case .repost(_, let completion): completion(.failure(.store(error)))
        case .setChainValue(_, _, let completion): completion(.failure(error))
        }
    }
}

/// One change of a job's status, as of a commit.
package struct JobTransition: Hashable, Sendable {
    /// The status before; nil for a new job.
    package let from: JobStatus?
    /// The job after it.
    package let record: JobRecord

    package var jobID: JobID { record.id }
    package var status: JobStatus { record.status }
}

/// What one durable write changed. The observer gets it on the committer's thread, after the views
/// were updated and before the commands are answered; it must not block.
package struct StoreCommit: Sendable {
    /// In the order in which they happened; a job may occur more than once.
    package internal(set) var transitions: [JobTransition] = []
    /// Results whose turn to be posted has come: ordered jobs wait for those of their consumer with
    /// smaller nonces, others are here as soon as they are DONE.
    package internal(set) var released: [RelayRelease] = []

    /// Whether there is nothing to tell.
    package var isEmpty: Bool { transitions.isEmpty && released.isEmpty }
}
