internal import Bytes
internal import JobEngine
internal import JobStore
internal import Logging
internal import PostingEngine

/// Connects the store and the poster: tells the poster what was accepted, finished and given up, in the
/// order of the store's commits.
final class PosterBridge: Sendable {
    let poster: Poster

    init(poster: Poster) {
        self.poster = poster
    }

    /// One job changed; called on the committer's thread, in the order of the changes.
    func changed(_ transition: JobTransition) {
        let record = transition.record
        guard record.relayStrategy == .ordered else { return }
        switch (transition.from, transition.status) {
        case (nil, .pending):
            poster.orderedJobAccepted(OrderedJob(record))
        case (.pending, .failed), (.pending, .cancelled), (.pending, .expired),
            (.running, .failed), (.running, .cancelled), (.running, .expired):
            poster.orderedJobEnded(OrderedJob(record))
        default: break
        }
    }

    /// A signed result and its outbox entry are on disk.
    func finished(_ posting: PostingRecord) {
        poster.post(posting)
    }
}

extension OrderedJob {
    init(_ record: JobRecord) {
        self.init(consumer: record.consumer, jobNonce: record.nonce)
    }
}

/// The poster's memory: the outbox of the store. Reads go through the workers, off the cooperative pool.
struct StorePersistence: PostingPersistence {
    private static let pageCount = 256

    let store: JobStore
    let workers: ReadWorkers

    func persist(
        _ batch: PostingBatch, completion: @escaping @Sendable ((any Error)?) -> Void
    ) {
        store.persist(batch) { result in
            switch result {
            case .success: completion(nil)
            case .failure(let error): completion(error)
            }
        }
    }

    func calldata(of jobID: JobID) async throws -> [UInt8]? {
        try await record(of: jobID)?.posting.calldata
    }

    /// The outbox record of a job; nil when there is none.
    func record(of jobID: JobID) async throws -> PostingRecord? {
        try await read { () throws(JobStoreError) in try store.posting(of: jobID) }
    }

    func outboxRecords() async throws -> [PostingRecord] {
        try await read { () throws(JobStoreError) in
            var records: [PostingRecord] = []
            while true {
                let page = try store.postings(
                    after: records.last?.posting.jobID, countMax: Self.pageCount)
                records += page
                if page.count < Self.pageCount { return records }
            }
        }
    }

    func accountRecord(of address: Address, chainID: UInt64) async throws -> AccountRecord? {
        try await read { () throws(JobStoreError) in
            try store.account(address, chainID: chainID)
        }
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable () throws(JobStoreError) -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = workers.run {
                continuation.resume(with: Result(catching: body).mapError { $0 as any Error })
            }
            if !isTaken { continuation.resume(throwing: JobStoreError.overloaded) }
        }
    }
}
