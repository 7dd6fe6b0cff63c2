internal import Bytes
internal import JobEngine
internal import PostingEngine

/// What the committer and the readers share.
struct StoreParts: Sendable {
    let database: RocksDatabase
    let limits: JobStoreLimits
    let queue: CommandQueue
    let views: ViewCache
    let pending: PendingIndex
    let programs: ProgramTable
    let waiters: JobWaiters
    /// The wall clock, in milliseconds since 1970.
    let now: @Sendable () -> UInt64
    let observer: @Sendable (StoreCommit) -> Void

    var reader: StoreReader { StoreReader(database: database) }
}

/// The one writer. It takes all commands that wait, applies them to the engine, writes one batch,
/// and then tells readers, waiters, the observer and those who asked, in this order. Confined to
/// its thread.
final class Committer {
    /// Retry interval for expiry while a deadline lies in the past, in milliseconds.
    private static let expiryIntervalMilliseconds: UInt64 = 100

    let parts: StoreParts
    var engine: JobEngine
    var draft: CommitDraft
    /// Set by the first write that failed; everything is refused from then on.
    private var failure: JobStoreError?

    init(parts: StoreParts, engine: JobEngine) {
        self.parts = parts
        self.engine = engine
        draft = CommitDraft(batch: parts.database.makeBatch())
    }

    /// Serves commands until the queue is closed and empty, then closes the database.
    func run() {
        while let commands = parts.queue.takeAll(timeoutMilliseconds: timeUntilDeadline()) {
            serve(commands)
            expireOverdueJobs()
        }
        parts.database.close()
    }

    private func timeUntilDeadline() -> UInt64? {
        guard failure == nil, let deadline = engine.nextDeadline else { return nil }
        let now = parts.now()
        return deadline > now ? deadline - now : Self.expiryIntervalMilliseconds
    }

    private func serve(_ commands: [StoreCommand]) {
        var (count, byteCount) = (0, 0)
        for command in commands {
            if let failure {
                command.fail(failure)
                continue
            }
            apply(command)
            count += 1
            byteCount += command.byteCount
            if count >= parts.limits.batchCommandCountMax
                || byteCount >= parts.limits.batchByteCountMax
            {
                commit()
                (count, byteCount) = (0, 0)
            }
        }
        commit()
    }

    private func apply(_ command: StoreCommand) {
        switch command {
        case .submit(let candidate, let completion): submit(candidate, completion)
        case .register(let program, let hash, let completion):
            register(program, elfHash: hash, completion)
        case .claim(let countMax, let completion): claim(countMax, completion)
        case .finish(let id, let outcome, let completion): finish(id, outcome, completion)
        case .cancel(let id, let completion): move(id, .cancelled, completion)
        case .advancePostings(let batch, let completion): advancePostings(batch, completion)
        case .repost(let posting, let completion): repost(posting, completion)
        case .setChainValue(let name, let value, let completion):
            setChainValue(name, value, completion)
        }
    }

    private func expireOverdueJobs() {
        guard failure == nil, let deadline = engine.nextDeadline, deadline <= parts.now() else {
            return
        }
        for id in engine.overdueJobs(at: parts.now()) {
            // A job that cannot be read stays in the queue; the next start names its key.
            move(id, .deadlinePassed) { _ in }
        }
        commit()
    }

    /// Writes the draft and tells everybody; starts a new one.
    private func commit() {
        var finished = CommitDraft(batch: parts.database.makeBatch())
        swap(&finished, &draft)
        var error: JobStoreError?
        if finished.batch.count > 0 {
            do throws(JobStoreError) {
                try parts.database.write(finished.batch, isSynced: finished.isSynced)
            } catch {
                failed(error)
            }
            error = failure
        }
        if error == nil {
            publish(finished)
        }
        for answer in finished.answers { answer(error) }
    }

    private func failed(_ error: JobStoreError) {
        failure = .failed(message: error.description)
    }

    private func publish(_ draft: borrowing CommitDraft) {
        for publication in draft.publications {
            switch publication {
            case .inserted(let view): parts.views.insert(view)
            case .changed(let record, let output): parts.views.update(record, output: output)
            }
        }
        for program in draft.programs.values { parts.programs.insert(program) }
        let commit = draft.commit
        guard !commit.isEmpty else { return }
        parts.pending.update(commit.transitions.map(\.record))
        for transition in commit.transitions { parts.waiters.tell(transition.record) }
        parts.observer(commit)
    }
}
