import Bytes
import JobEngine
import TestSupport
import Testing

struct JobEngineTests {
    private func accepted(_ decision: OnSubmit) throws -> JobRecord {
        guard case .accept(let record) = decision else {
            throw Unexpected(description: "\(decision)")
        }
        return record
    }

    struct Unexpected: Error {
        let description: String
    }

    private func submit(
        _ engine: inout JobEngine, _ candidate: JobCandidate, known: NonceEntry? = nil,
        nonceMin: UInt64 = 0, at now: UInt64 = 0
    ) -> OnSubmit {
        engine.submit(candidate, known: known, isProgramKnown: true, nonceMin: nonceMin, at: now)
    }

    @Test func admission() throws {
        var limits = JobEngineLimits()
        limits.queueCountMax = 2
        var engine = JobEngine(limits: limits, nextSequence: 40)
        let candidate = try SampleJobs.candidate(nonce: 5, strategy: .ordered)
        #expect(
            engine.submit(candidate, known: nil, isProgramKnown: false, nonceMin: 0, at: 0)
                == .refuse(.unknownProgram(SampleJobs.programID)))
        #expect(
            submit(&engine, candidate, nonceMin: 6) == .refuse(.nonceTooLow(nonce: 5, nonceMin: 6))
        )
        let record = try accepted(submit(&engine, candidate, nonceMin: 5))
        #expect(record.sequence == 40)
        #expect(record.status == .pending)
        let known = NonceEntry(of: record)
        #expect(submit(&engine, candidate, known: known) == .alreadyKnown(record.id))
        let other = try SampleJobs.candidate(nonce: 5, onchainInput: [])
        #expect(
            submit(&engine, other, known: known)
                == .refuse(.nonceUsed(nonce: 5, consumer: SampleJobs.consumer())))
        _ = try accepted(submit(&engine, try SampleJobs.candidate(nonce: 6)))
        #expect(
            submit(&engine, try SampleJobs.candidate(nonce: 7)) == .refuse(.queueFull(jobCount: 2)))
        // The same job again is answered even when the queue is full.
        #expect(submit(&engine, candidate, known: known) == .alreadyKnown(record.id))
    }

    @Test func resultsThatNobodyPostsFillTheOutbox() throws {
        var limits = JobEngineLimits()
        limits.outboxCountMax = 1
        var engine = JobEngine(limits: limits)
        var record = try accepted(submit(&engine, try SampleJobs.candidate(nonce: 1)))
        #expect(engine.takeReady() == record.id)
        _ = try engine.apply(.started, to: &record, at: 1)
        _ = try engine.apply(.succeeded(cycles: 1, isPosted: true), to: &record, at: 2)
        #expect(engine.outboxCount == 1)
        #expect(engine.queuedCount == 0)
        #expect(
            submit(&engine, try SampleJobs.candidate(nonce: 2)) == .refuse(.outboxFull(jobCount: 1))
        )
        _ = try engine.apply(.relayConfirmed(transaction: nil), to: &record, at: 3)
        #expect(engine.liveCount == 0)
        _ = try accepted(submit(&engine, try SampleJobs.candidate(nonce: 2)))
    }

    @Test func consumersTakeTurns() throws {
        var engine = JobEngine(limits: JobEngineLimits())
        var expected: [JobID] = []
        for nonce in 1...3 as ClosedRange<UInt64> {
            let candidate = try SampleJobs.candidate(nonce: nonce, consumer: SampleJobs.consumer(1))
            expected.append(try accepted(submit(&engine, candidate)).id)
        }
        let late = try SampleJobs.candidate(nonce: 1, consumer: SampleJobs.consumer(2))
        expected.insert(try accepted(submit(&engine, late)).id, at: 1)
        #expect((0..<4).map { _ in engine.takeReady() } == expected)
        #expect(engine.takeReady() == nil)
    }

    @Test func cancelledJobsAreNotHandedOut() throws {
        var engine = JobEngine(limits: JobEngineLimits())
        var first = try accepted(submit(&engine, try SampleJobs.candidate(nonce: 1)))
        let second = try accepted(submit(&engine, try SampleJobs.candidate(nonce: 2)))
        let change = try engine.apply(.cancelled, to: &first, at: 1)
        #expect(change.from == .pending && change.to == .cancelled)
        #expect(engine.takeReady() == second.id)
        #expect(engine.takeReady() == nil)
        #expect(engine.queuedCount == 1)
    }

    @Test func deadlines() throws {
        var limits = JobEngineLimits()
        limits.timeToLiveMilliseconds = 50
        var engine = JobEngine(limits: limits)
        #expect(engine.nextDeadline == nil)
        var first = try accepted(submit(&engine, try SampleJobs.candidate(nonce: 1), at: 100))
        let second = try accepted(submit(&engine, try SampleJobs.candidate(nonce: 2), at: 120))
        #expect(engine.nextDeadline == 150)
        #expect(engine.overdueJobs(at: 149) == [])
        #expect(engine.overdueJobs(at: 150) == [first.id])
        #expect(engine.nextDeadline == 170)
        _ = try engine.apply(.deadlinePassed, to: &first, at: 150)
        #expect(engine.overdueJobs(at: 1_000) == [second.id])
    }

    /// Random schedules of ordered and unordered jobs, judged by the rule itself: an ordered result
    /// is released when no smaller ordered nonce of its consumer is unfinished, and each just once.
    @Test(arguments: 1...40)
    func relayOrder(_ seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        var engine = JobEngine(limits: JobEngineLimits())
        var records: [JobID: JobRecord] = [:]
        var released: Set<JobID> = []
        var nonceMin: [Address: UInt64] = [:]
        for _ in 0..<300 {
            let consumer = SampleJobs.consumer(UInt8.random(in: 1...2, using: &random))
            if Int.random(in: 0..<3, using: &random) == 0 || records.isEmpty {
                let candidate = try SampleJobs.candidate(
                    nonce: UInt64.random(in: 0...400, using: &random), consumer: consumer,
                    strategy: Int.random(in: 0..<4, using: &random) == 0 ? .unordered : .ordered)
                guard records[candidate.identity.id] == nil else { continue }
                let decision = submit(
                    &engine, candidate, nonceMin: nonceMin[consumer] ?? 0, at: 1)
                let isTooLow =
                    candidate.identity.relayStrategy == .ordered
                    && candidate.identity.nonce < nonceMin[consumer] ?? 0
                guard case .accept(let record) = decision else {
                    #expect(isTooLow, "seed \(seed)")
                    continue
                }
                #expect(!isTooLow, "seed \(seed)")
                records[record.id] = record
                continue
            }
            let ids = records.keys.sorted()
            var record = try #require(records[ids[Int.random(in: ids.indices, using: &random)]])
            let event: JobEvent
            switch record.status {
            case .pending where Bool.random(using: &random): event = .cancelled
            case .pending:
                guard let id = engine.takeReady(), let next = records[id] else { continue }
                record = next
                event = .started
            case .running:
                event =
                    Int.random(in: 0..<4, using: &random) == 0
                    ? .failed(JobLifecycleTests.failure, cycles: 1)
                    : .succeeded(cycles: 1, isPosted: Int.random(in: 0..<5, using: &random) != 0)
            case .done where record.isPosted && released.contains(record.id):
                event =
                    Bool.random(using: &random)
                    ? .relayConfirmed(transaction: nil)
                    : .relayRefused(JobLifecycleTests.failure)
            case .done, .relayed, .failed, .cancelled, .expired: continue
            }
            let change = try engine.apply(event, to: &record, at: 2)
            records[record.id] = record
            if let release = change.released {
                let job = try #require(records[release.jobID])
                #expect(job.status == .done && job.isPosted, "seed \(seed)")
                #expect(released.insert(job.id).inserted, "released twice, seed \(seed)")
                if let least = release.nonceMin { nonceMin[job.consumer] = least }
            }
            try expectReleased(records, released, seed)
            let live = records.values.filter { !$0.isSettled }
            #expect(engine.liveCount == live.count, "seed \(seed)")
            #expect(engine.queuedCount == live.filter { $0.status.isQueued }.count)
            #expect(engine.readyCount == live.filter { $0.status == .pending }.count)
        }
        #expect(!released.isEmpty, "the schedule must reach releases")
    }

    private func expectReleased(
        _ records: [JobID: JobRecord], _ released: Set<JobID>, _ seed: Int
    ) throws {
        for record in records.values where record.status == .done && record.isPosted {
            let isBlocked =
                record.relayStrategy == .ordered
                && records.values.contains {
                    $0.consumer == record.consumer && $0.relayStrategy == .ordered
                        && !$0.isSettled && $0.nonce < record.nonce
                }
            #expect(released.contains(record.id) == !isBlocked, "seed \(seed) \(record.nonce)")
        }
    }

    @Test func aReorganisedJobIsReleasedAgain() throws {
        var engine = JobEngine(limits: JobEngineLimits())
        var record = try accepted(
            submit(&engine, try SampleJobs.candidate(nonce: 3, strategy: .ordered)))
        #expect(engine.takeReady() == record.id)
        _ = try engine.apply(.started, to: &record, at: 1)
        let done = try engine.apply(.succeeded(cycles: 1, isPosted: true), to: &record, at: 2)
        #expect(done.released?.jobID == record.id)
        #expect(done.released?.nonceMin == 4)
        _ = try engine.apply(.relayConfirmed(transaction: .zero), to: &record, at: 3)
        #expect(engine.liveCount == 0)
        let again = try engine.apply(.relayReorganised, to: &record, at: 4)
        #expect(again.released?.jobID == record.id)
        #expect(engine.outboxCount == 1)
    }
}
