import Bytes

// Postings that hold no account nonce: from being added to having their gas estimated.
extension PostingEngine {
    mutating func add(_ record: PostingRecord) {
        let posting = record.posting
        guard entries[posting.jobID] == nil else { return }
        precondition(!record.isLive, "live postings are known from the start")
        guard entries.count < PostingLimits.postingsMax else {
            hasOverflowed = true
            return
        }
        arrivalCount += 1
        var entry = Entry(record: record, isLoaded: true, arrival: arrivalCount, stage: .waiting)
        heldByteCount += posting.calldata.count
        if case .dead = record.state {
            entry.stage = .dead
            deadCount += 1
        }
        entries[posting.jobID] = entry
        if entry.stage == .dead || heldByteCount > PostingLimits.calldataHeldByteCountMax {
            unload(posting.jobID)
        }
        if posting.isOrdered {
            lanes.add(posting.jobNonce, of: posting.consumer)
        }
        if entry.stage != .dead {
            makeReady(posting.jobID)
        }
    }

    /// Puts a posting into the queue, or to where it waits for earlier ones of its consumer.
    mutating func makeReady(_ jobID: JobID) {
        guard let entry = entries[jobID] else { return }
        let posting = entry.posting
        if posting.isOrdered, !lanes.isFirst(posting.jobNonce, of: posting.consumer) {
            lanes.wait(jobID, nonce: posting.jobNonce, of: posting.consumer)
            setStage(.waiting, of: jobID)
            return
        }
        setStage(.ready, of: jobID)
        ready.insert(MinHeap.Item(key: entry.arrival, jobID: jobID))
    }

    mutating func leaveLane(_ job: OrderedJob) {
        guard let next = lanes.remove(job.jobNonce, of: job.consumer) else { return }
        guard entries[next]?.stage == .waiting else { return }
        makeReady(next)
    }

    mutating func setStage(_ stage: Entry.Stage, of jobID: JobID) {
        guard var entry = entries[jobID] else { return }
        busyCount -= entry.isBusy ? 1 : 0
        deadCount -= entry.stage == .dead ? 1 : 0
        entry.stage = stage
        busyCount += entry.isBusy ? 1 : 0
        deadCount += entry.stage == .dead ? 1 : 0
        entries[jobID] = entry
    }

    mutating func releaseDelayed() {
        while let first = delayed.first, first.key <= now {
            _ = delayed.removeFirst()
            if entries[first.jobID]?.stage == .delayed {
                makeReady(first.jobID)
            }
        }
    }

    mutating func reloadWhenRoom() {
        guard hasOverflowed, entries.count <= PostingLimits.postingsMax / 2 else { return }
        hasOverflowed = false
        actions.append(.reloadOutbox)
    }

    /// Starts as many postings as may be in flight.
    mutating func startPostings() {
        while busyCount + slots.count < configuration.inFlightCountMax,
            let item = ready.removeFirst()
        {
            guard let entry = entries[item.jobID], entry.stage == .ready else { continue }
            let posting = entry.posting
            if posting.isOrdered, !lanes.isFirst(posting.jobNonce, of: posting.consumer) {
                makeReady(item.jobID)
            } else if entry.isLoaded {
                startEstimate(item.jobID)
            } else {
                setStage(.loading, of: item.jobID)
                actions.append(.loadCalldata(item.jobID))
            }
        }
    }

    private mutating func startEstimate(_ jobID: JobID) {
        guard let posting = entries[jobID]?.posting else { return }
        setStage(.estimating, of: jobID)
        let call = ContractCall(to: posting.contract, calldata: posting.calldata)
        actions.append(.estimateGas(jobID, call))
    }

    mutating func loaded(_ jobID: JobID, _ calldata: [UInt8]?) {
        guard var entry = entries[jobID], entry.stage == .loading else { return }
        guard let calldata else {
            // The store has no such posting any more: there is nothing to do, and nothing to write.
            removeEntry(jobID)
            return
        }
        heldByteCount += calldata.count
        entry.record.posting.calldata = calldata
        entry.isLoaded = true
        if case .dead = entry.record.state, entry.abandonReason == nil {
            entry.record.state = .queued
            batch.records.append(entry.record)
        }
        entries[jobID] = entry
        if let reason = entry.abandonReason {
            bury(jobID, reason: reason)
        } else {
            startEstimate(jobID)
        }
    }

    private mutating func unload(_ jobID: JobID) {
        guard var entry = entries[jobID], entry.isLoaded else { return }
        heldByteCount -= entry.record.posting.calldata.count
        entry.record.posting.calldata = []
        entry.isLoaded = false
        entries[jobID] = entry
    }

    mutating func estimated(_ jobID: JobID, _ estimate: GasEstimate) {
        guard let entry = entries[jobID], entry.stage == .estimating else { return }
        switch estimate {
        case .gas(let gas) where gas > configuration.gasLimitMax:
            bury(
                jobID,
                reason: "the call needs \(gas) gas, more than the limit of "
                    + "\(configuration.gasLimitMax)")
        case .gas(let gas):
            setStage(.estimated(gas: gas, at: now), of: jobID)
            estimated.insert(MinHeap.Item(key: entry.arrival, jobID: jobID))
        case .reverted(let reason):
            setStage(.verifying(reason: reason), of: jobID)
            actions.append(.askContractStatus(jobID, contract: entry.posting.contract))
        case .refused(let reason):
            countFailure(jobID, reason: reason)
        }
    }

    /// Notes a failure of the posting's own: another try later, or a dead letter.
    mutating func countFailure(_ jobID: JobID, reason: String) {
        guard var entry = entries[jobID] else { return }
        entry.record.failureCount = entry.record.failureCount.addedClamped(1)
        entries[jobID] = entry
        guard entry.record.failureCount <= configuration.failuresMax else {
            bury(jobID, reason: reason)
            return
        }
        setStage(.delayed, of: jobID)
        let delay = backoff.delay(failureCount: entry.record.failureCount, random: nextRandom())
        delayed.insert(MinHeap.Item(key: now.addedClamped(delay), jobID: jobID))
    }

    /// Makes a loaded posting a dead letter. Later ordered postings of its consumer go on waiting.
    mutating func bury(_ jobID: JobID, reason: String) {
        guard var entry = entries[jobID] else { return }
        precondition(entry.isLoaded, "a record is written whole")
        entry.record.state = .dead(reason: reason.cutToReasonLimit())
        entry.abandonReason = nil
        entries[jobID] = entry
        batch.records.append(entry.record)
        removeSlot(of: jobID)
        setStage(.dead, of: jobID)
        unload(jobID)
    }

    /// Ends a posting: its record goes, and the job gets its end, in one batch. The next ordered
    /// posting of the consumer starts when that batch is on disk.
    mutating func end(_ jobID: JobID, _ ending: PostingOutcome.Ending) {
        batch.outcomes.append(PostingOutcome(jobID: jobID, ending: ending))
        removeSlot(of: jobID)
        removeEntry(jobID)
    }

    mutating func releaseLanes(upTo batchID: UInt64) {
        while let first = laneReleases.first, first.batchID <= batchID {
            laneReleases.removeFirst()
            leaveLane(first.job)
        }
    }

    private mutating func removeEntry(_ jobID: JobID) {
        guard let entry = entries[jobID] else { return }
        unload(jobID)
        setStage(.waiting, of: jobID)
        entries[jobID] = nil
        if entry.posting.isOrdered {
            let job = OrderedJob(
                consumer: entry.posting.consumer, jobNonce: entry.posting.jobNonce)
            laneReleases.append(LaneRelease(batchID: batch.id, job: job))
        }
    }
}

extension String {
    /// The text without what exceeds the limit of recorded reasons, cut between characters.
    func cutToReasonLimit() -> String {
        guard utf8.count > PostingLimits.reasonByteCountMax else { return self }
        var cut = Substring(self)
        while cut.utf8.count > PostingLimits.reasonByteCountMax {
            cut = cut.dropLast(max(1, (cut.utf8.count - PostingLimits.reasonByteCountMax) / 32))
        }
        return String(cut)
    }
}
