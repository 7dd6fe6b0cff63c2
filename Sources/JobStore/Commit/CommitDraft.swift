internal import Bytes
internal import JobEngine

/// One write in the making: the changes of all commands that share it, and what is to be told once
/// it is on disk.
struct CommitDraft: ~Copyable {
    /// What readers are to see of a job after the write.
    enum Publication {
        case inserted(JobView)
        case changed(JobRecord, output: JobOutput?)
    }

    var batch: WriteBatch
    /// Whether the write must be on disk before it is answered. Claims alone may be lost: the job
    /// is PENDING again after a crash anyway.
    var isSynced = false
    /// Jobs as they are after the changes so far.
    private(set) var records: [JobID: JobRecord] = [:]
    private(set) var programs: [ProgramID: ProgramRecord] = [:]
    private(set) var noncesMin: [Address: UInt64] = [:]
    private(set) var publications: [Publication] = []
    private(set) var commit = StoreCommit()
    /// Answers, to be called with nil or with why the write failed.
    private(set) var answers: [(JobStoreError?) -> Void] = []

    init(batch: consuming WriteBatch) {
        self.batch = batch
    }

    /// A new job.
    mutating func insert(_ record: JobRecord, _ candidate: JobCandidate) {
        isSynced = true
        batch.put(.jobs, StoreKey.job(.record, record.id), record.encoded())
        batch.put(.jobs, StoreKey.job(.request, record.id), candidate.request.encodedForStore())
        if !candidate.inputs.isEmpty {
            batch.put(.jobs, StoreKey.job(.inputs, record.id), candidate.inputs.encodedForStore())
        }
        batch.put(
            .nonces, StoreKey.nonce(record.consumer, record.nonce),
            NonceEntry(of: record).encoded())
        batch.put(.queue, StoreKey.queue(record.sequence), StoredForms.queueEntry(record.id))
        records[record.id] = record
        publications.append(
            .inserted(
                JobView(
                    record: record, request: candidate.request,
                    onchainInput: candidate.onchainInput, output: nil)))
        commit.transitions.append(JobTransition(from: nil, record: record))
    }

    /// A changed job: its record, and its place in the queue when it left or entered it.
    mutating func change(_ record: JobRecord, _ change: JobChange, output: JobOutput? = nil) {
        batch.put(.jobs, StoreKey.job(.record, record.id), record.encoded())
        if let output {
            batch.put(.jobs, StoreKey.job(.output, record.id), output.encodedForStore())
        }
        if change.from.isQueued, !change.to.isQueued {
            batch.delete(.queue, StoreKey.queue(record.sequence))
        }
        records[record.id] = record
        publications.append(.changed(record, output: output))
        if change.from != change.to {
            commit.transitions.append(JobTransition(from: change.from, record: record))
        }
        if let released = change.released { release(released) }
    }

    mutating func insert(_ program: ProgramRecord, elf: [UInt8]) {
        isSynced = true
        batch.put(.programs, StoreKey.program(program.id), program.encoded())
        batch.put(.programs, StoreKey.elf(program.elfHash), StoredForms.elf(elf))
        programs[program.id] = program
    }

    mutating func answer(_ body: @escaping (JobStoreError?) -> Void) {
        answers.append(body)
    }

    private mutating func release(_ release: RelayRelease) {
        commit.released.append(release)
        guard let nonceMin = release.nonceMin else { return }
        noncesMin[release.consumer] = max(nonceMin, noncesMin[release.consumer] ?? 0)
        batch.put(
            .meta, StoreKey.nonceMin(release.consumer), StoredForms.integer(nonceMin))
    }
}
