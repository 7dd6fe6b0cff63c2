import Bytes
import PostingEngine
import Synchronization

@testable import Node

/// A store in memory that keeps bytes, writes in order and late, and notes what must not happen.
final class FakePersistence: PostingPersistence {
    private struct State {
        var records: [JobID: [UInt8]] = [:]
        var account: [UInt8]?
        var outcomes: [JobID: PostingOutcome.Ending] = [:]
        var violations: [String] = []
        var attempts: [JobID: [TransactionAttempt]] = [:]
        var isBroken = false
    }

    struct Broken: Error {}

    private let state = Mutex(State())
    private let queue: AsyncStream<@Sendable () -> Void>.Continuation
    private let writer: Task<Void, Never>

    init() {
        let (stream, continuation) = AsyncStream<@Sendable () -> Void>.makeStream()
        queue = continuation
        writer = Task {
            for await write in stream {
                try? await Task.sleep(for: .milliseconds(2))
                write()
            }
        }
    }

    deinit { writer.cancel() }

    func add(_ record: PostingRecord) {
        state.withLock { $0.records[record.posting.jobID] = record.encoded() }
    }

    func breakDown() {
        state.withLock { $0.isBroken = true }
    }

    var outcomes: [JobID: PostingOutcome.Ending] { state.withLock { $0.outcomes } }

    var violations: [String] { state.withLock { $0.violations } }

    var records: [PostingRecord] {
        state.withLock { state in
            state.records.values.compactMap { try? PostingRecord(decoding: $0) }
        }
    }

    /// Every transaction that was ever recorded for a job.
    func attempts(of jobID: JobID) -> [TransactionAttempt] {
        state.withLock { $0.attempts[jobID] ?? [] }
    }

    func persist(_ batch: PostingBatch, completion: @escaping @Sendable ((any Error)?) -> Void) {
        queue.yield { [self] in
            completion(apply(batch) ? nil : Broken())
        }
    }

    private func apply(_ batch: PostingBatch) -> Bool {
        state.withLock { state in
            guard !state.isBroken else { return false }
            for record in batch.records {
                state.records[record.posting.jobID] = record.encoded()
                if case .live(let transaction) = record.state {
                    state.attempts[record.posting.jobID] = transaction.attempts
                }
            }
            for outcome in batch.outcomes {
                if state.outcomes.updateValue(outcome.ending, forKey: outcome.jobID) != nil {
                    state.violations.append("job \(outcome.jobID) ended twice")
                }
                state.records[outcome.jobID] = nil
            }
            if let account = batch.account { state.account = account.encoded() }
            return true
        }
    }

    func calldata(of jobID: JobID) async throws -> [UInt8]? {
        records.first { $0.posting.jobID == jobID }?.posting.calldata
    }

    func outboxRecords() async throws -> [PostingRecord] { records }

    func accountRecord(of address: Address, chainID: UInt64) async throws -> AccountRecord? {
        try state.withLock { $0.account }.map { try AccountRecord(decoding: $0) }
    }
}
