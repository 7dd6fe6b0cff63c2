import Bytes
import JobEngine
import JobStore
import PostingEngine
import Synchronization
import Testing

struct LifecycleTests {
    @Test func aJobGoesItsWay() async throws {
        let fixture = try StoreFixture()
        let seen = Mutex<[JobStatus]>([])
        let store = try await fixture.openReady {
            $0.observer = { commit in
                seen.withLock { $0 += commit.transitions.map(\.status) }
            }
        }
        let id = try await store.submit(try StoreFixture.candidate(nonce: 1)).jobID
        let claimed = try await store.claim(countMax: 5)
        #expect(claimed.map(\.id) == [id])
        #expect(claimed.map(\.status) == [.running])
        let running = try #require(try store.job(id))
        let done = try await store.finish(id, fixture.success(of: running))
        #expect(done.status == .done)
        #expect(done.cycles == 17)
        let view = try #require(store.cachedJob(id))
        #expect(view.record == done)
        #expect(view.output == fixture.output(of: running))
        #expect(try store.posting(of: id) == fixture.posting(of: running))
        let batch = PostingBatch(
            id: 1, outcomes: [PostingOutcome(jobID: id, ending: .relayed(transactionHash: .zero))])
        try await store.persist(batch)
        #expect(try store.job(id)?.status == .relayed)
        #expect(try store.job(id)?.record.relayTransaction == .zero)
        #expect(try store.posting(of: id) == nil)
        #expect(store.pendingNonces(of: StoreFixture.consumer()) == [])
        #expect(seen.withLock { $0 } == [.pending, .running, .done, .relayed])
        await #expect(throws: JobCommandError.refused(.jobHasEnded(.relayed))) {
            try await store.cancel(id)
        }
        store.close()
        let report = try fixture.check()
        #expect(report.violations == [])
        #expect(report.liveJobCount == 0)
    }

    @Test func aLateEndingChangesNothing() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        let id = try await store.submit(try StoreFixture.candidate(nonce: 1)).jobID
        _ = try await store.claim(countMax: 1)
        let view = try #require(try store.job(id))
        try await store.finish(id, fixture.success(of: view))
        let crash = JobFailure(.executorCrashed, message: "killed")
        await #expect(throws: JobCommandError.refused(.notInState(.done))) {
            try await store.finish(id, .failed(crash, cycles: 0))
        }
        await #expect(throws: JobCommandError.refused(.notInState(.done))) {
            try await store.finish(id, fixture.success(of: view))
        }
        await #expect(throws: JobCommandError.unknownJob) {
            try await store.cancel(JobID(Hash32.zero))
        }
        store.close()
        #expect(try fixture.check().violations == [])
    }

    @Test func runningJobsArePendingAfterARestart() async throws {
        let fixture = try StoreFixture()
        var store = try await fixture.openReady()
        for nonce in 1...4 as ClosedRange<UInt64> {
            _ = try await store.submit(try StoreFixture.candidate(nonce: nonce))
        }
        let claimed = try await store.claim(countMax: 3)
        let view = try #require(try store.job(claimed[0].id))
        try await store.finish(claimed[0].id, fixture.success(of: view))
        store.close()
        store = try fixture.open()
        #expect(store.recovery.interruptedCount == 2)
        #expect(store.recovery.queuedCount == 3)
        #expect(store.recovery.outboxCount == 1)
        #expect(store.recovery.released == [claimed[0].id])
        #expect(try store.postings(after: nil, countMax: 10).map(\.posting.jobID) == [view.id])
        #expect(try store.postings(after: view.id, countMax: 10).isEmpty)
        // In the order in which they were accepted.
        #expect(try await store.claim(countMax: 9).map(\.nonce) == [2, 3, 4])
        store.close()
        #expect(try fixture.check().violations == [])
    }

    @Test func aResultThatNobodyPostsIsTheEnd() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        let id = try await store.submit(try StoreFixture.candidate(nonce: 1)).jobID
        _ = try await store.claim(countMax: 1)
        let view = try #require(try store.job(id))
        try await store.finish(id, fixture.success(of: view, isPosted: false))
        #expect(store.pendingNonces(of: StoreFixture.consumer()) == [])
        store.close()
        let report = try fixture.check()
        #expect(report.violations == [])
        #expect(report.liveJobCount == 0)
    }

    @Test func jobsExpireByThemselves() async throws {
        let fixture = try StoreFixture()
        let expired = Gate()
        let store = try await fixture.openReady {
            $0.engineLimits.timeToLiveMilliseconds = 30
            $0.observer = { commit in
                if commit.transitions.contains(where: { $0.status == .expired }) {
                    expired.open()
                }
            }
        }
        let id = try await store.submit(try StoreFixture.candidate(nonce: 1)).jobID
        expired.wait()
        #expect(try store.job(id)?.status == .expired)
        #expect(try await store.claim(countMax: 1) == [])
        store.close()
        #expect(try fixture.check().violations == [])
    }

    @Test func orderedResultsAreReleasedInOrder() async throws {
        let fixture = try StoreFixture()
        let released = Mutex<[JobID]>([])
        let note: @Sendable (StoreCommit) -> Void = { commit in
            released.withLock { $0 += commit.released.map(\.jobID) }
        }
        var store = try await fixture.openReady { $0.observer = note }
        var ids: [JobID] = []
        for nonce in 1...3 as ClosedRange<UInt64> {
            ids.append(
                try await store.submit(
                    try StoreFixture.candidate(nonce: nonce, strategy: .ordered)
                ).jobID)
        }
        _ = try await store.claim(countMax: 3)
        for id in ids.reversed() {
            let view = try #require(try store.job(id))
            try await store.finish(id, fixture.success(of: view))
        }
        #expect(released.withLock { $0 } == [ids[0]])
        store.close()
        store = try fixture.open { $0.observer = note }
        #expect(store.recovery.released == [ids[0]])
        var batch = PostingBatch(
            id: 1, outcomes: [PostingOutcome(jobID: ids[0], ending: .relayed(transactionHash: nil))]
        )
        try await store.persist(batch)
        #expect(released.withLock { $0 } == [ids[0], ids[1]])
        await #expect(throws: SubmitError.refused(.nonceTooLow(nonce: 0, nonceMin: 3))) {
            try await store.submit(try StoreFixture.candidate(nonce: 0, strategy: .ordered))
        }
        #expect(try await store.submit(try StoreFixture.candidate(nonce: 0)).isNew)
        batch = PostingBatch(
            id: 2,
            outcomes: [PostingOutcome(jobID: ids[1], ending: .failed(reason: "Job not pending"))])
        try await store.persist(batch)
        #expect(
            try store.job(ids[1])?.record.failure?.description == "RELAY_REVERTED: Job not pending")
        #expect(released.withLock { $0 } == ids)
        store.close()
        #expect(try fixture.check().violations == [])
    }

    @Test func aPostingBatchIsAllOrNothing() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        var ids: [JobID] = []
        for nonce in 1...2 as ClosedRange<UInt64> {
            ids.append(try await store.submit(try StoreFixture.candidate(nonce: nonce)).jobID)
        }
        _ = try await store.claim(countMax: 1)
        let view = try #require(try store.job(ids[0]))
        try await store.finish(ids[0], fixture.success(of: view))
        var record = fixture.posting(of: view)
        record.failureCount = 3
        record.state = .live(
            LiveTransaction(
                nonce: 5, gasLimit: 1,
                attempts: [
                    TransactionAttempt(
                        purpose: .call, fees: Fees(feePerGasMax: 2, priorityFeePerGasMax: 1),
                        hash: Hash32(words: 9, 9, 9, 9))
                ]))
        let bad = PostingBatch(
            id: 1, records: [record],
            outcomes: [PostingOutcome(jobID: ids[1], ending: .relayed(transactionHash: nil))])
        await #expect(throws: JobCommandError.refused(.notInState(.pending))) {
            try await store.persist(bad)
        }
        #expect(try store.posting(of: ids[0]) == fixture.posting(of: view))
        #expect(try store.job(ids[0])?.record.retries == 0)
        let good = PostingBatch(
            id: 2, records: [record],
            account: AccountRecord(address: StoreFixture.consumer(), chainID: 1, nextNonce: 6))
        try await store.persist(good)
        #expect(try store.posting(of: ids[0]) == record)
        #expect(try store.job(ids[0])?.record.retries == 3)
        #expect(try store.job(ids[0])?.record.relayTransaction == Hash32(words: 9, 9, 9, 9))
        #expect(try store.account(StoreFixture.consumer(), chainID: 1)?.nextNonce == 6)
        #expect(try store.account(StoreFixture.consumer(), chainID: 2) == nil)
        try await store.setChainValue("last-block", [1, 2])
        #expect(try store.chainValue("last-block") == [1, 2])
        try await store.setChainValue("last-block", nil)
        #expect(try store.chainValue("last-block") == nil)
        store.close()
        #expect(try fixture.check().violations == [])
    }

    @Test func aReorganisationPutsTheResultBack() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        let id = try await store.submit(try StoreFixture.candidate(nonce: 1)).jobID
        _ = try await store.claim(countMax: 1)
        let view = try #require(try store.job(id))
        try await store.finish(id, fixture.success(of: view))
        let batch = PostingBatch(
            id: 1, outcomes: [PostingOutcome(jobID: id, ending: .relayed(transactionHash: .zero))])
        try await store.persist(batch)
        #expect(try await store.repost(fixture.posting(of: view)).status == .done)
        #expect(try store.posting(of: id) != nil)
        #expect(store.pendingNonces(of: StoreFixture.consumer()) == [1])
        store.close()
        #expect(try fixture.check().violations == [])
    }

    @Test func programsAreBoundOnce() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        let label = ProgramID(Hash32(words: 8, 8, 8, 8))
        func program(_ elf: [UInt8], vm: UInt8 = 1) -> ProgramSubmission {
            ProgramSubmission(
                id: label, vm: vm, computedID: StoreFixture.programID, elf: elf)
        }
        let first = try await store.register(program([5]))
        #expect(first.isLabelled)
        #expect(try await store.register(program([5])) == first)
        await #expect(throws: ProgramError.idTaken(first)) {
            try await store.register(program([6]))
        }
        await #expect(throws: ProgramError.idTaken(first)) {
            try await store.register(program([5], vm: 0))
        }
        #expect(store.programs.map(\.id) == [StoreFixture.programID, label])
        #expect(try store.elf(of: label) == [5])
        #expect(try store.elf(of: ProgramID(.zero)) == nil)
        store.close()
    }

    @Test func waiting() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady { $0.limits.waiterCountMax = 2 }
        let id = try await store.submit(try StoreFixture.candidate(nonce: 1)).jobID
        let called = Mutex<[JobStatus]>([])
        let note: @Sendable (JobRecord) -> Void = { record in
            called.withLock { $0.append(record.status) }
        }
        #expect(try store.wait(for: JobID(.zero), callback: note) == .unknownJob)
        guard case .waiting(let first) = try store.wait(for: id, callback: note),
            case .waiting = try store.wait(for: id, callback: note)
        else {
            Issue.record("a pending job is waited for")
            return
        }
        #expect(try store.wait(for: id, callback: note) == .overloaded)
        #expect(store.stopWaiting(first))
        #expect(!store.stopWaiting(first))
        _ = try await store.claim(countMax: 1)
        let view = try #require(try store.job(id))
        #expect(called.withLock { $0 } == [])
        try await store.finish(id, fixture.success(of: view))
        #expect(called.withLock { $0 } == [.done])
        guard case .settled(let settled) = try store.wait(for: id, callback: note) else {
            Issue.record("a job that is done is not waited for")
            return
        }
        #expect(settled.status == .done)
        #expect(called.withLock { $0 } == [.done])
        store.close()
    }
}
