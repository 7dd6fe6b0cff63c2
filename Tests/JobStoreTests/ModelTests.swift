import Bytes
import Foundation
import JobEngine
import JobStore
import PostingEngine
import Synchronization
import TestSupport
import Testing

/// Seeded random commands, several under way at once, against a model that is one dictionary; the
/// store is closed and opened in between.
struct ModelTests {
    private enum Command {
        case submit(JobCandidate)
        case claim(Int)
        case finish(JobID, JobOutcome)
        case cancel(JobID)
        case persist(PostingBatch)
    }

    private enum Answer {
        case submitted(Result<SubmitReceipt, SubmitError>)
        case claimed(Result<[JobRecord], JobStoreError>)
        case moved(Result<JobRecord, JobCommandError>)
        case persisted(Result<Void, JobCommandError>)
    }

    /// What a job must look like.
    private struct ModelJob {
        let request: JobRequest
        var status: JobStatus
        var interruptions: UInt32 = 0
    }

    private struct Model {
        var jobs: [JobID: ModelJob] = [:]

        /// Checks an answer and takes its effect over.
        mutating func apply(_ command: Command, _ answer: Answer, _ comment: Comment) {
            switch (command, answer) {
            case (.submit(let candidate), .submitted(let result)):
                submit(candidate, result, comment)
            case (.claim(let countMax), .claimed(.success(let records))):
                let pending = jobs.values.count { $0.status == .pending }
                #expect(records.count == min(countMax, pending), comment)
                for record in records { move(record.id, from: [.pending], to: .running, comment) }
            case (.finish(let id, let outcome), .moved(let result)):
                finish(id, outcome, result, comment)
            case (.cancel(let id), .moved(let result)):
                let isAllowed = jobs[id]?.status.isQueued ?? false
                #expect((try? result.get().status) == (isAllowed ? .cancelled : nil), comment)
                if isAllowed { jobs[id]?.status = .cancelled }
            case (.persist(let batch), .persisted(let result)):
                persist(batch, result, comment)
            default:
                Issue.record("\(comment): \(command) was answered with \(answer)")
            }
        }

        private mutating func submit(
            _ candidate: JobCandidate, _ result: Result<SubmitReceipt, SubmitError>,
            _ comment: Comment
        ) {
            let id = candidate.identity.id
            guard let known = jobs[id] else {
                #expect((try? result.get().isNew) == true, comment)
                jobs[id] = ModelJob(request: candidate.request, status: .pending)
                return
            }
            let isSame = known.request.encoded == candidate.request.encoded
            #expect((try? result.get().isNew) == (isSame ? false : nil), comment)
        }

        private mutating func finish(
            _ id: JobID, _ outcome: JobOutcome, _ result: Result<JobRecord, JobCommandError>,
            _ comment: Comment
        ) {
            guard let job = jobs[id] else {
                #expect(throws: JobCommandError.unknownJob, comment) { try result.get() }
                return
            }
            var next: JobStatus?
            switch outcome {
            case .succeeded: next = job.status == .running ? .done : nil
            case .failed: next = job.status.isQueued ? .failed : nil
            case .interrupted:
                guard job.status == .running else { break }
                next = job.interruptions < 3 ? .pending : .failed
            }
            #expect((try? result.get().status) == next, comment)
            guard let next else { return }
            jobs[id]?.status = next
            if case .interrupted = outcome, next == .pending { jobs[id]?.interruptions += 1 }
        }

        private mutating func persist(
            _ batch: PostingBatch, _ result: Result<Void, JobCommandError>, _ comment: Comment
        ) {
            let fits = batch.outcomes.allSatisfy { jobs[$0.jobID]?.status == .done }
            #expect((try? result.get()) != nil || !fits, comment)
            #expect((try? result.get()) == nil || fits, comment)
            guard fits else { return }
            for outcome in batch.outcomes {
                if case .relayed = outcome.ending {
                    jobs[outcome.jobID]?.status = .relayed
                } else {
                    jobs[outcome.jobID]?.status = .failed
                }
            }
        }

        private mutating func move(
            _ id: JobID, from: [JobStatus], to: JobStatus, _ comment: Comment
        ) {
            #expect(from.contains(jobs[id]?.status ?? .failed), comment)
            jobs[id]?.status = to
        }
    }

    @Test(arguments: 1...12)
    func theStoreIsTheModel(_ seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let fixture = try StoreFixture()
        // A small cache, so that most reads go to the disk.
        let configure: (inout JobStoreConfiguration) -> Void = {
            $0.limits.viewCacheByteCountMax = 200_000
        }
        var store = try await fixture.openReady(configure)
        var model = Model()
        for step in 0..<40 {
            let comment = Comment(rawValue: "seed \(seed), step \(step)")
            let commands = try (0..<Int.random(in: 1...25, using: &random)).map { _ in
                try command(model, store, fixture, &random)
            }
            let answers = await perform(commands, store)
            for (command, answer) in zip(commands, answers) {
                model.apply(command, answer, comment)
            }
            if Int.random(in: 0..<8, using: &random) == 0 {
                store.close()
                #expect(try fixture.check().violations == [], comment)
                store = try fixture.open(configure)
                for id in model.jobs.keys where model.jobs[id]?.status == .running {
                    model.jobs[id]?.status = .pending
                }
            }
            try compare(model, store, comment)
        }
        store.close()
        let report = try fixture.check()
        #expect(report.violations == [])
        #expect(report.jobCount == model.jobs.count)
        #expect(Set(model.jobs.values.map(\.status)).count >= 5, "seed \(seed) reaches too little")
    }

    private func command(
        _ model: Model, _ store: JobStore, _ fixture: StoreFixture, _ random: inout SeededRandom
    ) throws -> Command {
        let ids = model.jobs.keys.sorted()
        let anyID = ids.randomElement(using: &random) ?? JobID(.zero)
        let doneIDs = ids.filter { model.jobs[$0]?.status == .done }
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3:
            return .submit(
                try StoreFixture.candidate(
                    nonce: UInt64.random(in: 0..<300, using: &random),
                    consumer: StoreFixture.consumer(UInt8.random(in: 1...3, using: &random)),
                    onchainInput: [UInt8.random(in: 0...2, using: &random)]))
        case 4: return .claim(Int.random(in: 0...8, using: &random))
        case 5: return .cancel(anyID)
        case 6:
            let outcomes = Set([doneIDs.randomElement(using: &random) ?? anyID, anyID]).sorted()
            return .persist(
                PostingBatch(
                    id: random.next(),
                    outcomes: outcomes.map { id in
                        PostingOutcome(
                            jobID: id,
                            ending: Bool.random(using: &random)
                                ? .relayed(transactionHash: nil) : .failed(reason: "refused"))
                    }))
        default:
            let running = ids.filter { model.jobs[$0]?.status == .running }
            let id = running.randomElement(using: &random) ?? anyID
            return .finish(id, try outcome(id, store, fixture, &random))
        }
    }

    private func outcome(
        _ id: JobID, _ store: JobStore, _ fixture: StoreFixture, _ random: inout SeededRandom
    ) throws -> JobOutcome {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .interrupted
        case 1: return .failed(JobFailure(.program, message: "trap"), cycles: 9)
        default:
            guard let view = try store.job(id) else { return .interrupted }
            return fixture.success(of: view)
        }
    }

    /// Gives all commands at once, in order, and waits for all answers.
    private func perform(_ commands: [Command], _ store: JobStore) async -> [Answer] {
        let answers = Mutex<[Int: Answer]>([:])
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            for (index, command) in commands.enumerated() {
                let note: @Sendable (Answer) -> Void = { answer in
                    let isLast = answers.withLock { answers in
                        answers[index] = answer
                        return answers.count == commands.count
                    }
                    if isLast { continuation.resume() }
                }
                switch command {
                case .submit(let candidate): store.submit(candidate) { note(.submitted($0)) }
                case .claim(let count): store.claim(countMax: count) { note(.claimed($0)) }
                case .finish(let id, let outcome): store.finish(id, outcome) { note(.moved($0)) }
                case .cancel(let id): store.cancel(id) { note(.moved($0)) }
                case .persist(let batch): store.persist(batch) { note(.persisted($0)) }
                }
            }
        }
        return answers.withLock { answers in commands.indices.compactMap { answers[$0] } }
    }

    private func compare(_ model: Model, _ store: JobStore, _ comment: Comment) throws {
        var pending: [Address: [UInt64]] = [:]
        for (id, job) in model.jobs {
            let view = try #require(try store.job(id), comment)
            #expect(view.status == job.status, comment)
            #expect(view.request == job.request, comment)
            #expect(view.record.interruptions == job.interruptions, comment)
            #expect((try store.posting(of: id) != nil) == (job.status == .done), comment)
            if view.record.hasOutput {
                let output = try #require(view.output, comment)
                #expect(
                    output.violation(
                        of: view.record, onchainInput: view.onchainInput, expectedOperator: nil)
                        == nil, comment)
            }
            if !view.record.isSettled {
                pending[view.record.consumer, default: []].append(view.record.nonce)
            }
        }
        for number in 1...3 as ClosedRange<UInt8> {
            let consumer = StoreFixture.consumer(number)
            #expect(
                store.pendingNonces(of: consumer) == (pending[consumer] ?? []).sorted(), comment)
        }
    }

    /// Readers on other threads, while jobs change: no reader ever sees a job go backwards, whether
    /// its view came from memory or from disk.
    @Test func viewsNeverGoBackwards() async throws {
        let fixture = try StoreFixture()
        let store = try await fixture.openReady { $0.limits.viewCacheByteCountMax = 60_000 }
        var candidates: [JobCandidate] = []
        for nonce in 0..<150 as Range<UInt64> {
            candidates.append(try StoreFixture.candidate(nonce: nonce))
        }
        let ids = candidates.map(\.identity.id)
        let isEnded = Mutex(false)
        let group = DispatchGroup()
        let backwards = Mutex<[String]>([])
        for seed in 1...3 as ClosedRange<UInt64> {
            group.enter()
            Thread.detachNewThread {
                var random = SeededRandom(seed: seed)
                var seen: [JobID: Int] = [:]
                while !isEnded.withLock({ $0 }) {
                    let id = ids[Int.random(in: ids.indices, using: &random)]
                    let rank = (try? store.job(id)).flatMap { $0 }.map { Self.rank($0.status) } ?? 0
                    if rank < seen[id] ?? 0 {
                        backwards.withLock { $0.append("\(id) from \(seen[id] ?? 0) to \(rank)") }
                    }
                    seen[id] = rank
                }
                group.leave()
            }
        }
        for candidate in candidates { _ = try await store.submit(candidate) }
        for id in ids {
            _ = try await store.claim(countMax: 1)
            let view = try #require(try store.job(id))
            #expect(view.status == .running)
            try await store.finish(id, fixture.success(of: view))
            #expect(try store.job(id)?.status == .done)
            #expect(try store.job(id)?.output != nil)
        }
        isEnded.withLock { $0 = true }
        await withCheckedContinuation { continuation in
            group.notify(queue: .global()) { continuation.resume() }
        }
        #expect(backwards.withLock { $0 } == [])
        store.close()
    }

    private static func rank(_ status: JobStatus) -> Int {
        switch status {
        case .pending: 1
        case .running: 2
        case .done: 3
        default: 4
        }
    }
}
