internal import Bytes
internal import JobEngine
internal import PostingEngine

extension Committer {
    /// Makes a batch of the posting engine durable, with what it means for the jobs: all or
    /// nothing.
    func advancePostings(
        _ batch: PostingBatch, _ completion: @escaping StoreCompletion<Void, JobCommandError>
    ) {
        do throws(JobCommandError) {
            let plan = try plan(batch)
            draft.isSynced = true
            perform(plan)
            write(batch)
            answer((), completion)
        } catch {
            answer(completion, error)
        }
    }

    /// Puts a result whose transaction a reorganisation dropped back into the outbox.
    func repost(
        _ posting: PostingRecord,
        _ completion: @escaping StoreCompletion<JobRecord, JobCommandError>
    ) {
        let id = posting.posting.jobID
        move(id, .relayReorganised, completion) { draft in
            draft.batch.put(.outbox, StoreKey.outbox(id), StoredForms.bytes(posting.encoded()))
        }
    }

    func setChainValue(
        _ name: String, _ value: [UInt8]?,
        _ completion: @escaping StoreCompletion<Void, JobStoreError>
    ) {
        draft.isSynced = true
        if let value {
            draft.batch.put(.chain, StoreKey.chainValue(name), StoredForms.bytes(value))
        } else {
            draft.batch.delete(.chain, StoreKey.chainValue(name))
        }
        draft.answer { error in
            completion(error.map { .failure($0) } ?? .success(()))
        }
    }

    /// What a batch does to the jobs, in order, and the jobs as they are before it.
    private struct Plan {
        var steps: [(jobID: JobID, event: JobEvent)] = []
        var records: [JobID: JobRecord] = [:]
    }

    /// Tries the batch out on copies: one that does not fit is refused before anything of it is
    /// done.
    private func plan(_ batch: PostingBatch) throws(JobCommandError) -> Plan {
        var plan = Plan()
        for record in batch.records {
            let event = JobEvent.relayAdvanced(
                transaction: record.lastTransaction, failures: record.failureCount)
            plan.steps.append((record.posting.jobID, event))
        }
        for outcome in batch.outcomes {
            plan.steps.append((outcome.jobID, outcome.ending.event))
        }
        var copies: [JobID: JobRecord] = [:]
        for (id, event) in plan.steps {
            if plan.records[id] == nil {
                let record = try known(id)
                plan.records[id] = record
                copies[id] = record
            }
            do throws(TransitionError) {
                try copies[id]?.apply(event, at: parts.now(), interruptionCountMax: .max)
            } catch {
                throw .refused(error)
            }
        }
        return plan
    }

    private func perform(_ plan: Plan) {
        var records = plan.records
        for (id, event) in plan.steps {
            guard var record = records[id] else { continue }
            let before = record
            guard let change = fitting(event, &record) else { continue }
            if record != before { draft.change(record, change) }
            records[id] = record
        }
    }

    private func fitting(_ event: JobEvent, _ record: inout JobRecord) -> JobChange? {
        do throws(TransitionError) {
            return try engine.apply(event, to: &record, at: parts.now())
        } catch {
            preconditionFailure("the event was tried out on a copy")
        }
    }

    private func write(_ batch: PostingBatch) {
        for record in batch.records {
            draft.batch.put(
                .outbox, StoreKey.outbox(record.posting.jobID),
                StoredForms.bytes(record.encoded()))
        }
        for outcome in batch.outcomes {
            draft.batch.delete(.outbox, StoreKey.outbox(outcome.jobID))
        }
        if let account = batch.account {
            draft.batch.put(
                .chain, StoreKey.account(account.address, chainID: account.chainID),
                StoredForms.bytes(account.encoded()))
        }
    }
}

extension PostingRecord {
    /// The transaction that carries the result now; nil while there is none.
    fileprivate var lastTransaction: Hash32? {
        guard case .live(let transaction) = state else { return nil }
        return transaction.attempts.last { $0.purpose == .call }?.hash
    }
}

extension PostingOutcome.Ending {
    fileprivate var event: JobEvent {
        switch self {
        case .relayed(let transaction): .relayConfirmed(transaction: transaction)
        case .failed(let reason): .relayRefused(JobFailure(.relayReverted, message: reason))
        }
    }
}
