package import Bytes

/// What is to be done about a submission.
package enum OnSubmit: Hashable, Sendable {
    /// A new job: store its record, request, inputs, nonce and queue entry, all or none.
    case accept(JobRecord)
    /// The same bytes came before: answer with the same job, run nothing.
    case alreadyKnown(JobID)
    case refuse(IntakeError)
}

/// What one event did to a job.
package struct JobChange: Hashable, Sendable {
    package let jobID: JobID
    /// The status before and after; the same where the event only noted something.
    package let from: JobStatus
    package let to: JobStatus
    /// The result whose turn to be posted came by this, perhaps that of another job.
    package let released: RelayRelease?
}

/// A result that may be posted now. `nonceMin` is the smallest nonce that an ordered job of this
/// consumer may have from here on; nil for unordered jobs. It must be remembered for ever.
package struct RelayRelease: Hashable, Sendable {
    package let jobID: JobID
    package let consumer: Address
    package let nonceMin: UInt64?
}

/// The jobs that have not ended, and the rules between them. Events come in with the time,
/// decisions go out; records and nonces of ended jobs are the store's, which hands in what is asked
/// for.
///
/// The store applies commands one after the other and writes what they decided in one batch. After
/// a failed write this value no longer matches the disk and must be built again.
package struct JobEngine: Sendable {
    /// What is kept of each job that has not ended.
    private struct LiveJob: Sendable {
        let consumer: Address
        let nonce: UInt64
        let relayStrategy: RelayStrategy
        let expiresAt: UInt64?
        var status: JobStatus
    }

    package let limits: JobEngineLimits
    private var live: [JobID: LiveJob] = [:]
    private var ready = ReadyQueue()
    private var relayOrder = RelayOrder()

    /// How many jobs are PENDING or RUNNING.
    package private(set) var queuedCount = 0
    /// How many results wait to be posted.
    package private(set) var outboxCount = 0
    /// The place of the next job in the queue.
    package private(set) var nextSequence: UInt64
    /// No job expires before this time; nil when none expires at all.
    package private(set) var nextDeadline: UInt64?

    /// An engine without jobs. `nextSequence` must be above that of every job ever stored.
    package init(limits: JobEngineLimits, nextSequence: UInt64 = 0) {
        self.limits = limits
        self.nextSequence = nextSequence
    }

    /// How many jobs wait for an executor.
    package var readyCount: Int { ready.count }

    /// How many jobs have not ended.
    package var liveCount: Int { live.count }

    /// Decides about a candidate at time `now`.
    /// - Parameters:
    ///   - known: what is stored under the candidate's consumer and nonce.
    ///   - nonceMin: the smallest nonce that may still be relayed in order for its consumer.
    package mutating func submit(
        _ candidate: JobCandidate, known: NonceEntry?, isProgramKnown: Bool, nonceMin: UInt64,
        at now: UInt64
    ) -> OnSubmit {
        let identity = candidate.identity
        if let known {
            return known.requestHash == identity.requestHash
                ? .alreadyKnown(known.jobID)
                : .refuse(.nonceUsed(nonce: identity.nonce, consumer: identity.consumer))
        }
        guard isProgramKnown else { return .refuse(.unknownProgram(identity.programID)) }
        if identity.relayStrategy == .ordered, identity.nonce < nonceMin {
            return .refuse(.nonceTooLow(nonce: identity.nonce, nonceMin: nonceMin))
        }
        guard queuedCount < limits.queueCountMax else {
            return .refuse(.queueFull(jobCount: queuedCount))
        }
        guard outboxCount < limits.outboxCountMax else {
            return .refuse(.outboxFull(jobCount: outboxCount))
        }
        let record = JobRecord(
            identity, sequence: nextSequence, at: now, expiresAt: deadline(from: now))
        restore(record)
        return .accept(record)
    }

    /// Takes over a stored job that has not ended, in the order of the sequences. A job that was
    /// RUNNING must have been put back before. The answer is a result that may be posted now.
    @discardableResult
    package mutating func restore(_ record: JobRecord) -> RelayRelease? {
        precondition(live[record.id] == nil, "a job enters the engine once")
        nextSequence = max(nextSequence, record.sequence + 1)
        guard !record.isSettled else { return nil }
        live[record.id] = LiveJob(
            consumer: record.consumer, nonce: record.nonce, relayStrategy: record.relayStrategy,
            expiresAt: record.expiresAt, status: record.status)
        count(record.status, by: 1)
        if record.status == .pending { ready.append(record.id, of: record.consumer) }
        if record.status.isQueued, let expiresAt = record.expiresAt {
            nextDeadline = min(nextDeadline ?? .max, expiresAt)
        }
        if record.relayStrategy == .ordered {
            relayOrder.insert(record.id, of: record.consumer, nonce: record.nonce)
        }
        return record.status == .done ? release(record) : nil
    }

    /// The job whose turn it is, taken off the line; the caller applies `started` to it next, and
    /// applies `started` to no other job.
    package mutating func takeReady() -> JobID? { ready.popFirst() }

    /// Applies one event at time `now`; throws, and changes nothing, when it does not apply.
    package mutating func apply(
        _ event: JobEvent, to record: inout JobRecord, at now: UInt64
    ) throws(TransitionError) -> JobChange {
        let before = record
        try record.apply(event, at: now, interruptionCountMax: limits.interruptionCountMax)
        let released = moved(from: before, to: record)
        return JobChange(
            jobID: record.id, from: before.status, to: record.status, released: released)
    }

    /// The jobs whose time to live has passed at `now`, oldest id order; sets the next deadline.
    /// O(live jobs), so it is called when `nextDeadline` has come.
    package mutating func overdueJobs(at now: UInt64) -> [JobID] {
        var overdue: [JobID] = []
        var next: UInt64?
        for (id, job) in live where job.status.isQueued {
            guard let expiresAt = job.expiresAt else { continue }
            if expiresAt <= now {
                overdue.append(id)
            } else {
                next = min(next ?? .max, expiresAt)
            }
        }
        nextDeadline = next
        // The order of a dictionary is random and must not show.
        return overdue.sorted()
    }

    private func deadline(from now: UInt64) -> UInt64? {
        limits.timeToLiveMilliseconds.map { milliseconds in
            let (sum, isTooBig) = now.addingReportingOverflow(milliseconds)
            return isTooBig ? .max : sum
        }
    }

    private mutating func moved(from before: JobRecord, to after: JobRecord) -> RelayRelease? {
        guard before.status != after.status else { return nil }
        if before.status == .relayed { return restore(after) }
        count(before.status, by: -1)
        if before.status == .pending, after.status != .running {
            ready.remove(after.id, of: after.consumer)
        }
        if after.isSettled {
            live[after.id] = nil
            return ended(after)
        }
        live[after.id]?.status = after.status
        count(after.status, by: 1)
        if after.status == .pending { ready.append(after.id, of: after.consumer) }
        return after.status == .done ? release(after) : nil
    }

    private mutating func count(_ status: JobStatus, by step: Int) {
        switch status {
        case .pending, .running: queuedCount += step
        case .done: outboxCount += step
        case .failed, .relayed, .cancelled, .expired: break
        }
    }

    private mutating func release(_ record: JobRecord) -> RelayRelease? {
        guard record.relayStrategy == .ordered else {
            return RelayRelease(jobID: record.id, consumer: record.consumer, nonceMin: nil)
        }
        return ordered(relayOrder.jobDone(of: record.consumer, nonce: record.nonce))
    }

    private mutating func ended(_ record: JobRecord) -> RelayRelease? {
        guard record.relayStrategy == .ordered else { return nil }
        return ordered(relayOrder.jobEnded(of: record.consumer, nonce: record.nonce))
    }

    private func ordered(_ released: JobID?) -> RelayRelease? {
        guard let released, let job = live[released] else { return nil }
        return RelayRelease(
            jobID: released, consumer: job.consumer,
            nonceMin: job.nonce == .max ? .max : job.nonce + 1)
    }
}
