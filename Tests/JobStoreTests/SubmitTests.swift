import Bytes
import JobEngine
import JobStore
import Synchronization
import Testing

struct SubmitTests {
    @Test func anAcceptedJobIsThereAfterReopening() async throws {
        let fixture = try StoreFixture()
        let candidate = try StoreFixture.candidate(nonce: 7)
        var store = try await fixture.openReady()
        let receipt = try await store.submit(candidate)
        #expect(receipt.isNew)
        #expect(receipt.jobID == candidate.identity.id)
        store.close()
        store = try fixture.open()
        #expect(store.recovery.jobCount == 1)
        #expect(store.recovery.queuedCount == 1)
        let view = try #require(try store.job(receipt.jobID))
        #expect(view.status == .pending)
        #expect(view.request == candidate.request)
        #expect(view.onchainInput == candidate.onchainInput)
        #expect(try store.inputs(of: receipt.jobID) == candidate.inputs)
        #expect(store.pendingNonces(of: StoreFixture.consumer()) == [7])
        #expect(store.containsProgram(StoreFixture.programID))
        #expect(try store.elf(of: StoreFixture.programID) == [1, 2, 3])
        store.close()
        #expect(try fixture.check().violations == [])
    }

    @Test func sameBytesAreTheSameJobAndOtherBytesAreRefused() async throws {
        let fixture = try StoreFixture()
        let candidate = try StoreFixture.candidate(nonce: 7)
        let other = try StoreFixture.candidate(nonce: 7, onchainInput: [9])
        var store = try await fixture.openReady()
        for isReopened in [false, true] {
            if isReopened {
                store.close()
                store = try fixture.open()
            }
            let receipt = try await store.submit(candidate)
            #expect(receipt.isNew == !isReopened)
            #expect(try await store.submit(candidate).isNew == false)
            await #expect(
                throws: SubmitError.refused(
                    .nonceUsed(nonce: 7, consumer: StoreFixture.consumer()))
            ) { try await store.submit(other) }
        }
        #expect(try await store.claim(countMax: 10).count == 1)
        // Also when the job has ended and left the memory.
        try await store.cancel(candidate.identity.id)
        store.close()
        store = try fixture.open()
        #expect(try await store.submit(candidate).isNew == false)
        #expect(try await store.claim(countMax: 10) == [])
        store.close()
    }

    /// Many threads at once, so that equal and unequal twins share a batch: for each nonce exactly
    /// one request wins, its twins get its id, all others are refused.
    @Test func oneNonceIsUsedOnceAmongManySubmitters() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        let candidates = try (0..<30 as Range<UInt64>).flatMap { nonce in
            try (0..<3 as Range<UInt8>).map { variant in
                try StoreFixture.candidate(nonce: nonce, onchainInput: [variant])
            }
        }
        let outcomes = await withTaskGroup(of: (JobCandidate, SubmitReceipt?).self) { group in
            for _ in 0..<4 {
                for candidate in candidates.shuffled() {
                    group.addTask { (candidate, try? await store.submit(candidate)) }
                }
            }
            var all: [(JobCandidate, SubmitReceipt?)] = []
            for await outcome in group { all.append(outcome) }
            return all
        }
        var winners: [UInt64: [UInt8]] = [:]
        for case (let candidate, let receipt?) in outcomes where receipt.isNew {
            let nonce = candidate.identity.nonce
            #expect(winners.updateValue(candidate.onchainInput, forKey: nonce) == nil)
        }
        #expect(winners.count == 30)
        for (candidate, receipt) in outcomes {
            let isWinner = winners[candidate.identity.nonce] == candidate.onchainInput
            #expect((receipt != nil) == isWinner)
        }
        #expect(try await store.claim(countMax: 1_000).count == 30)
        store.close()
        let report = try fixture.check()
        #expect(report.violations == [])
        #expect(report.jobCount == 30)
    }

    @Test func unknownProgramsAndFullQueuesAreRefused() async throws {
        let fixture = try StoreFixture()
        var store = try fixture.open()
        await #expect(throws: SubmitError.refused(.unknownProgram(StoreFixture.programID))) {
            try await store.submit(try StoreFixture.candidate(nonce: 1))
        }
        store.close()
        store = try await fixture.openReady { $0.engineLimits.queueCountMax = 2 }
        _ = try await store.submit(try StoreFixture.candidate(nonce: 1))
        _ = try await store.submit(try StoreFixture.candidate(nonce: 2))
        await #expect(throws: SubmitError.refused(.queueFull(jobCount: 2))) {
            try await store.submit(try StoreFixture.candidate(nonce: 3))
        }
        store.close()
    }

    @Test func nextNonces() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        let consumer = StoreFixture.consumer(5)
        #expect(try store.nextNonce(of: consumer) == 1)
        for (nonce, next) in [(4, 5), (2, 5), (UInt64.max - 1, UInt64.max)] {
            _ = try await store.submit(
                try StoreFixture.candidate(nonce: UInt64(nonce), consumer: consumer))
            #expect(try store.nextNonce(of: consumer) == next)
        }
        _ = try await store.submit(try StoreFixture.candidate(nonce: .max, consumer: consumer))
        #expect(try store.nextNonce(of: consumer) == nil)
        #expect(try store.nextNonce(of: StoreFixture.consumer(4)) == 1)
        #expect(try store.nextNonce(of: StoreFixture.consumer(6)) == 1)
        #expect(store.pendingNonces(of: consumer) == [2, 4, .max - 1, .max])
        store.close()
    }

    @Test func aFullLineRefusesClientsButNotTheNodeItself() async throws {
        let fixture = try StoreFixture()
        let (started, release) = (Gate(), Gate())
        let store = try await fixture.openReady {
            $0.limits.clientCommandCountMax = 2
            $0.limits.commandCountMax = 3
            $0.observer = { _ in
                started.open()
                release.wait()
            }
        }
        // The committer stands in the observer of the first job; four more find room for two.
        let outcomes = Mutex<[Bool]>([])
        store.submit(try StoreFixture.candidate(nonce: 1)) { _ in }
        started.wait()
        for nonce in 2...5 as ClosedRange<UInt64> {
            store.submit(try StoreFixture.candidate(nonce: nonce)) { result in
                if case .failure(.store(.overloaded)) = result {
                    outcomes.withLock { $0.append(false) }
                }
            }
        }
        #expect(outcomes.withLock { $0.count } == 2)
        #expect(store.waitingCommandCount == 2)
        let claimed = Mutex<[Int]>([])
        for _ in 0..<2 {
            store.claim(countMax: 9) { result in
                claimed.withLock { $0.append((try? result.get().count) ?? -1) }
            }
        }
        #expect(claimed.withLock { $0 } == [-1], "the second claim is over the limit of all")
        release.open()
        store.close()
        #expect(claimed.withLock { $0 } == [-1, 3])
    }

    @Test func aClosedStoreSaysSo() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady()
        store.close()
        store.close()
        let candidate = try StoreFixture.candidate(nonce: 1)
        await #expect(throws: SubmitError.store(.closed)) { try await store.submit(candidate) }
        #expect(throws: JobStoreError.closed) { try store.job(candidate.identity.id) }
    }

    @Test func aStoreHasOneOwner() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        #expect(throws: JobStoreError.locked(path: fixture.path)) { try fixture.open() }
        store.close()
        try fixture.open().close()
    }

    @Test func aStoreThatIsDroppedStillFinishesWhatItTook() async throws {
        let fixture = try StoreFixture()
        let done = Gate()
        do {
            let store = try await fixture.openReady()
            store.submit(try StoreFixture.candidate(nonce: 1)) { _ in done.open() }
        }
        done.wait()
        // The thread closes the database after it has answered; give it a moment.
        var reopened: JobStore?
        for _ in 0..<12_000 where reopened == nil {
            reopened = try? fixture.open()
            if reopened == nil { try await Task.sleep(for: .milliseconds(10)) }
        }
        let store = try #require(reopened)
        #expect(store.recovery.jobCount == 1)
        store.close()
    }
}
