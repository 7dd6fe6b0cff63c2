import Bytes
import Glibc
import JobEngine
import JobStore
import PostingEngine
import Synchronization
import TestSupport

/// Uses a store as a node would, as fast as it goes, until somebody kills the process. Each answer
/// of the store is written to a log before anything rests on it; a line that is in the log was
/// acknowledged.
///
///     A nonce consumer requestHash jobID     accepted
///     S jobID STATUS                         the store said that the job has this status
struct CrashWorkload {
    private static let submitterCount = 4
    /// Few enough that nonces meet again, with the same and with other bytes.
    private static let nonceCount: UInt64 = 20_000

    private let store: JobStore
    private let jobs: ProbeJobs
    private let log: AcknowledgedLog
    private let seed: UInt64

    init(path: String, log: String, seed: UInt64) throws {
        jobs = try ProbeJobs()
        self.log = AcknowledgedLog(path: log)
        self.seed = seed
        var configuration = JobStoreConfiguration(path: path)
        configuration.expectedOperator = jobs.operatorKey.address
        store = try JobStore(configuration)
        store.register(ProbeJobs.program) { _ in }
        // At once and unbuffered: the test starts its clock by it.
        let line = Array("open \(store.recovery.jobCount)\n".utf8)
        write(1, line, line.count)
    }

    func run() {
        for number in 0..<Self.submitterCount {
            spawn { submitForever(SeededRandom(seed: seed &* 1_000 &+ UInt64(number))) }
        }
        runForever()
    }

    private func submitForever(_ random: SeededRandom) {
        var random = random
        while true {
            let submission = jobs.submission(
                nonce: UInt64.random(in: 0..<Self.nonceCount, using: &random),
                consumer: Address(words: 0, 0, UInt32.random(in: 1...3, using: &random)),
                variant: UInt8.random(in: 0...1, using: &random),
                inputByteCount: Int.random(in: 0..<3_000, using: &random),
                isOrdered: Int.random(in: 0..<8, using: &random) == 0)
            guard let candidate = try? Intake.examine(submission, limits: JobEngineLimits())
            else { continue }
            let gate = Latch()
            let (log, isTwin) = (log, Bool.random(using: &random))
            store.submit(candidate) { result in
                if case .success(let receipt) = result {
                    log.accepted(candidate.identity, receipt.jobID)
                }
                gate.open()
            }
            if isTwin {
                // The same bytes at once, so that both share a batch.
                store.submit(candidate) { _ in }
            }
            gate.wait()
        }
    }

    /// Executor and poster in one: claims, finishes, cancels, relays.
    private func runForever() {
        var random = SeededRandom(seed: seed)
        var batchID: UInt64 = 0
        while true {
            let claimed = Exchange<[JobRecord]>()
            store.claim(countMax: 16) { claimed.put((try? $0.get()) ?? []) }
            var relayed: [PostingOutcome] = []
            for record in claimed.take() {
                if let outcome = end(record, &random) { relayed.append(outcome) }
            }
            batchID += 1
            let done = Exchange<Bool>()
            let batch = PostingBatch(id: batchID, outcomes: relayed)
            let log = log
            store.persist(batch) { result in
                if case .success = result {
                    for outcome in batch.outcomes { log.status(outcome.jobID, .relayed) }
                }
                done.put(true)
            }
            _ = done.take()
        }
    }

    /// Ends a job one way or another; the answer is what is to be relayed.
    private func end(_ record: JobRecord, _ random: inout SeededRandom) -> PostingOutcome? {
        let done = Exchange<JobStatus?>()
        let log = log
        let note: StoreCompletion<JobRecord, JobCommandError> = { result in
            let status = try? result.get().status
            if let status { log.status(record.id, status) }
            done.put(status)
        }
        switch Int.random(in: 0..<10, using: &random) {
        case 0: store.cancel(record.id, completion: note)
        case 1: store.finish(record.id, .interrupted, completion: note)
        case 2:
            let failure = JobFailure(.program, message: "trap")
            store.finish(record.id, .failed(failure, cycles: 1), completion: note)
        default:
            guard let view = try? store.job(record.id) else { return nil }
            let outcome = JobOutcome.succeeded(
                jobs.output(of: view), cycles: 5, posting: jobs.posting(of: view))
            store.finish(record.id, outcome, completion: note)
        }
        guard done.take() == .done, Bool.random(using: &random) else { return nil }
        return PostingOutcome(jobID: record.id, ending: .relayed(transactionHash: nil))
    }
}

/// A log whose lines survive the process: each is one write into the page cache.
final class AcknowledgedLog: Sendable {
    private let descriptor: Int32

    init(path: String) {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        precondition(descriptor >= 0, "cannot open the log")
    }

    func accepted(_ identity: JobRecord.Identity, _ id: JobID) {
        append("A \(identity.nonce) \(identity.consumer) \(identity.requestHash) \(id)\n")
    }

    func status(_ id: JobID, _ status: JobStatus) {
        append("S \(id) \(status.name)\n")
    }

    private func append(_ line: String) {
        let bytes = Array(line.utf8)
        precondition(write(descriptor, bytes, bytes.count) == bytes.count, "cannot write the log")
    }
}
