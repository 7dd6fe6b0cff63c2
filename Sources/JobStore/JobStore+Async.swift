package import Bytes
package import JobEngine
package import PostingEngine

/// The commands for control flow that is `async` anyway; the data path uses the completions.
extension JobStore {
    package func submit(_ candidate: JobCandidate) async throws(SubmitError) -> SubmitReceipt {
        try await withCheckedContinuation { continuation in
            submit(candidate) { continuation.resume(returning: $0) }
        }.get()
    }

    package func register(
        _ program: ProgramSubmission
    ) async throws(ProgramError) -> ProgramRecord {
        try await withCheckedContinuation { continuation in
            register(program) { continuation.resume(returning: $0) }
        }.get()
    }

    package func claim(countMax: Int) async throws(JobStoreError) -> [JobRecord] {
        try await withCheckedContinuation { continuation in
            claim(countMax: countMax) { continuation.resume(returning: $0) }
        }.get()
    }

    @discardableResult
    package func finish(
        _ id: JobID, _ outcome: JobOutcome
    ) async throws(JobCommandError) -> JobRecord {
        try await withCheckedContinuation { continuation in
            finish(id, outcome) { continuation.resume(returning: $0) }
        }.get()
    }

    @discardableResult
    package func cancel(_ id: JobID) async throws(JobCommandError) -> JobRecord {
        try await withCheckedContinuation { continuation in
            cancel(id) { continuation.resume(returning: $0) }
        }.get()
    }

    package func persist(_ batch: PostingBatch) async throws(JobCommandError) {
        try await withCheckedContinuation { continuation in
            persist(batch) { continuation.resume(returning: $0) }
        }.get()
    }

    @discardableResult
    package func repost(_ posting: PostingRecord) async throws(JobCommandError) -> JobRecord {
        try await withCheckedContinuation { continuation in
            repost(posting) { continuation.resume(returning: $0) }
        }.get()
    }

    package func setChainValue(_ name: String, _ value: [UInt8]?) async throws(JobStoreError) {
        try await withCheckedContinuation { continuation in
            setChainValue(name, value) { continuation.resume(returning: $0) }
        }.get()
    }
}
