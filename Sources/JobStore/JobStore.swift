package import Bytes
internal import EthCrypto
internal import Glibc
package import JobEngine
package import PostingEngine
internal import Synchronization

/// How a store is opened.
package struct JobStoreConfiguration: Sendable {
    /// The directory; its parent must exist.
    package var path: String
    package var engineLimits = JobEngineLimits()
    package var limits = JobStoreLimits()
    /// Whose signature stored results must carry; nil to believe the address stored with them.
    package var expectedOperator: Address?
    /// The wall clock, in milliseconds since 1970. Called on the committer's thread.
    package var now: @Sendable () -> UInt64 = JobStoreConfiguration.systemTime
    /// Told of every commit, on the committer's thread; it must not block.
    package var observer: @Sendable (StoreCommit) -> Void = { _ in }

    package init(path: String) {
        self.path = path
    }

    /// The system's wall clock, in milliseconds since 1970.
    package static func systemTime() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(clamping: time.tv_sec) * 1_000 + UInt64(clamping: time.tv_nsec / 1_000_000)
    }
}

/// The durable memory of the node: jobs, nonces, queue, outbox and programs (DESIGN.md section 5).
///
/// All changes go through one committer thread, which makes those of many callers durable with one
/// sync; what a completion says is on disk. Reads come from any thread and do not wait for it;
/// those that may touch the disk say so.
package final class JobStore: Sendable {
    let parts: StoreParts
    private let thread: CommitterThread
    private let isEnded = Mutex(false)

    /// What the store held when it was opened.
    package let recovery: RecoveryReport

    /// Opens, or creates, the store. Reads every record; throws when another process has it, when
    /// it cannot be trusted, and when the disk fails.
    package init(_ configuration: JobStoreConfiguration) throws(JobStoreError) {
        let limits = configuration.limits
        let database = try RocksDatabase(
            path: configuration.path, limits: limits, isReadOnly: false)
        let recovery = try Recovery(
            database: database, limits: configuration.engineLimits,
            expectedOperator: configuration.expectedOperator, now: configuration.now())
        parts = StoreParts(
            database: database, limits: limits, queue: CommandQueue(limits: limits),
            views: ViewCache(byteCountMax: limits.viewCacheByteCountMax), pending: PendingIndex(),
            programs: ProgramTable(), waiters: JobWaiters(countMax: limits.waiterCountMax),
            now: configuration.now, observer: configuration.observer)
        for program in recovery.programs { parts.programs.insert(program) }
        parts.pending.update(recovery.liveRecords)
        self.recovery = recovery.report
        thread = try CommitterThread(Committer(parts: parts, engine: recovery.engine))
    }

    deinit {
        let mustDetach = isEnded.withLock { isEnded in
            defer { isEnded = true }
            return !isEnded
        }
        guard mustDetach else { return }
        // The thread serves what waits, closes the database and ends; it may be the caller.
        parts.queue.close()
        thread.detach()
    }

    /// Serves the commands that wait, makes them durable and gives the directory back. Blocks;
    /// later calls answer `closed`. Not to be called from a completion.
    package func close() {
        precondition(!thread.isCurrent, "a completion must not close its store")
        let mustJoin = isEnded.withLock { isEnded in
            defer { isEnded = true }
            return !isEnded
        }
        parts.queue.close()
        if mustJoin { thread.join() }
    }

    // MARK: Commands

    /// Makes a job durable: nonce, job and queue entry in one write. The same request again is
    /// answered with the same job.
    package func submit(
        _ candidate: JobCandidate,
        completion: @escaping StoreCompletion<SubmitReceipt, SubmitError>
    ) {
        parts.queue.append(.submit(candidate, completion))
    }

    /// Registers a program; the same binding again is answered with the first one. Hashes the ELF
    /// on the caller's thread.
    package func register(
        _ program: ProgramSubmission,
        completion: @escaping StoreCompletion<ProgramRecord, ProgramError>
    ) {
        parts.queue.append(.register(program, SHA256.hash(program.elf), completion))
    }

    /// Takes up to `countMax` jobs out of the line for running, consumers in turn. They are RUNNING
    /// when the completion is called; after a crash they are PENDING again.
    package func claim(
        countMax: Int, completion: @escaping StoreCompletion<[JobRecord], JobStoreError>
    ) {
        parts.queue.append(.claim(countMax: countMax, completion))
    }

    /// Tells how a run ended: status, result, signature and outbox entry in one write.
    package func finish(
        _ id: JobID, _ outcome: JobOutcome,
        completion: @escaping StoreCompletion<JobRecord, JobCommandError>
    ) {
        parts.queue.append(.finish(id, outcome, completion))
    }

    /// Takes a PENDING or RUNNING job back.
    package func cancel(
        _ id: JobID, completion: @escaping StoreCompletion<JobRecord, JobCommandError>
    ) {
        parts.queue.append(.cancel(id, completion))
    }

    /// Makes a batch of the posting engine durable: records, the account, and what became of jobs,
    /// in one write. A batch that does not fit the jobs changes nothing.
    package func persist(
        _ batch: PostingBatch, completion: @escaping StoreCompletion<Void, JobCommandError>
    ) {
        parts.queue.append(.advancePostings(batch, completion))
    }

    /// Puts the result of a RELAYED job back into the outbox: a reorganisation dropped it.
    package func repost(
        _ posting: PostingRecord,
        completion: @escaping StoreCompletion<JobRecord, JobCommandError>
    ) {
        parts.queue.append(.repost(posting, completion))
    }

    /// Keeps, or with nil forgets, a value of the part of the node that watches the chain.
    package func setChainValue(
        _ name: String, _ value: [UInt8]?,
        completion: @escaping StoreCompletion<Void, JobStoreError>
    ) {
        parts.queue.append(.setChainValue(name, value, completion))
    }
}
