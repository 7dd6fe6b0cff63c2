internal import Bytes
internal import JobEngine
internal import PostingEngine

extension Committer {
    /// The job as it is after the commands so far; nil when there is none.
    func record(_ id: JobID) throws(JobStoreError) -> JobRecord? {
        if let record = draft.records[id] { return record }
        if let view = parts.views.view(id) { return view.record }
        return try parts.reader.record(id)
    }

    func submit(
        _ candidate: JobCandidate,
        _ completion: @escaping StoreCompletion<SubmitReceipt, SubmitError>
    ) {
        let decision: OnSubmit
        do throws(JobStoreError) {
            decision = try decide(candidate)
        } catch {
            completion(.failure(.store(error)))
            return
        }
        switch decision {
        case .accept(let record):
            draft.insert(record, candidate)
            answer(SubmitReceipt(jobID: record.id, isNew: true), completion)
        case .alreadyKnown(let id):
            answer(SubmitReceipt(jobID: id, isNew: false), completion)
        case .refuse(let error):
            answer(completion, .refused(error))
        }
    }

    private func decide(_ candidate: JobCandidate) throws(JobStoreError) -> OnSubmit {
        let identity = candidate.identity
        let isProgramKnown =
            draft.programs[identity.programID] != nil
            || parts.programs.record(identity.programID) != nil
        return engine.submit(
            candidate, known: try nonceEntry(of: identity), isProgramKnown: isProgramKnown,
            nonceMin: try nonceMin(for: identity), at: parts.now())
    }

    private func nonceEntry(of identity: JobRecord.Identity) throws(JobStoreError) -> NonceEntry? {
        if let record = draft.records[identity.id] { return NonceEntry(of: record) }
        return try parts.reader.nonceEntry(identity.consumer, identity.nonce)
    }

    private func nonceMin(for identity: JobRecord.Identity) throws(JobStoreError) -> UInt64 {
        guard identity.relayStrategy == .ordered else { return 0 }
        if let nonceMin = draft.noncesMin[identity.consumer] { return nonceMin }
        return try parts.reader.nonceMin(of: identity.consumer)
    }

    func claim(_ countMax: Int, _ completion: @escaping StoreCompletion<[JobRecord], JobStoreError>)
    {
        var claimed: [JobRecord] = []
        while claimed.count < countMax, let id = engine.takeReady() {
            if let record = start(id) { claimed.append(record) }
        }
        draft.answer { [claimed] error in
            completion(error.map { .failure($0) } ?? .success(claimed))
        }
    }

    /// The job, RUNNING now; nil when it cannot be read: it stays in the queue on disk, and the
    /// next start names its key.
    private func start(_ id: JobID) -> JobRecord? {
        do throws(JobStoreError) {
            guard var record = try record(id) else { return nil }
            let change = try apply(.started, to: &record)
            draft.change(record, change)
            return record
        } catch {
            return nil
        }
    }

    private func apply(
        _ event: JobEvent, to record: inout JobRecord
    ) throws(JobStoreError) -> JobChange {
        do throws(TransitionError) {
            return try engine.apply(event, to: &record, at: parts.now())
        } catch {
            preconditionFailure("a job in the ready line is PENDING")
        }
    }

    func finish(
        _ id: JobID, _ outcome: JobOutcome,
        _ completion: @escaping StoreCompletion<JobRecord, JobCommandError>
    ) {
        switch outcome {
        case .interrupted:
            move(id, .interrupted, completion)
        case .failed(let failure, let cycles):
            move(id, .failed(failure, cycles: cycles), completion)
        case .succeeded(let output, let cycles, let posting):
            precondition(posting?.posting.jobID ?? id == id, "a posting belongs to its job")
            let event = JobEvent.succeeded(cycles: cycles, isPosted: posting != nil)
            move(id, event, output: output, completion) { draft in
                guard let posting else { return }
                draft.batch.put(
                    .outbox, StoreKey.outbox(id), StoredForms.bytes(posting.encoded()))
            }
        }
    }

    /// Applies one event to one job, durably. `also` adds to the same write.
    func move(
        _ id: JobID, _ event: JobEvent, output: JobOutput? = nil,
        _ completion: @escaping StoreCompletion<JobRecord, JobCommandError>,
        also: (inout CommitDraft) -> Void = { _ in }
    ) {
        do throws(JobCommandError) {
            var record = try known(id)
            let change = try moved(&record, by: event)
            draft.isSynced = true
            draft.change(record, change, output: output)
            also(&draft)
            answer(record, completion)
        } catch {
            answer(completion, error)
        }
    }

    func known(_ id: JobID) throws(JobCommandError) -> JobRecord {
        let found: JobRecord?
        do throws(JobStoreError) {
            found = try record(id)
        } catch {
            throw .store(error)
        }
        guard let found else { throw .unknownJob }
        return found
    }

    func moved(
        _ record: inout JobRecord, by event: JobEvent
    ) throws(JobCommandError) -> JobChange {
        do throws(TransitionError) {
            return try engine.apply(event, to: &record, at: parts.now())
        } catch {
            throw .refused(error)
        }
    }

    /// Answers once the draft is written.
    func answer<Value: Sendable>(
        _ value: Value, _ completion: @escaping StoreCompletion<Value, JobCommandError>
    ) {
        draft.answer { error in
            completion(error.map { .failure(.store($0)) } ?? .success(value))
        }
    }

    /// Answers once the draft is written: what is refused may rest on what is in it.
    func answer<Value>(
        _ completion: @escaping StoreCompletion<Value, JobCommandError>, _ refusal: JobCommandError
    ) {
        draft.answer { error in
            completion(.failure(error.map { .store($0) } ?? refusal))
        }
    }

    private func answer(
        _ receipt: SubmitReceipt,
        _ completion: @escaping StoreCompletion<SubmitReceipt, SubmitError>
    ) {
        draft.answer { error in
            completion(error.map { .failure(.store($0)) } ?? .success(receipt))
        }
    }

    private func answer(
        _ completion: @escaping StoreCompletion<SubmitReceipt, SubmitError>, _ refusal: SubmitError
    ) {
        draft.answer { error in
            completion(.failure(error.map { .store($0) } ?? refusal))
        }
    }
}
