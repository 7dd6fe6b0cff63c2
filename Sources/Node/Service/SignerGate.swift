internal import JobEngine
internal import NodeAPI
internal import Synchronization

/// Asks a consumer contract whether a signature is valid (EIP-1271).
protocol ConsumerOracle: Sendable {
    /// What the contract answers; throws when the chain gives no answer.
    func isValidSignature(_ query: SignatureQuery) async throws -> Bool
}

/// Decides who may sign for a consumer, asking the contract where the policy says so and remembering
/// its answers. Safe from any thread.
final class SignerGate: Sendable {
    private let book: Mutex<SignerBook>
    private let oracle: (any ConsumerOracle)?
    private let metrics: NodeMetrics
    /// Questions on their way to the chain.
    private let openCount = Mutex(0)

    init(book: SignerBook, oracle: (any ConsumerOracle)?, metrics: NodeMetrics) {
        self.book = Mutex(book)
        self.oracle = oracle
        self.metrics = metrics
    }

    /// Completes with nil when the candidate's signer may sign, at once unless the chain is asked.
    func check(
        _ candidate: JobCandidate, completion: @escaping @Sendable (APIError?) -> Void
    ) {
        let now = Timestamp.milliseconds()
        switch book.withLock({ $0.decide(candidate, at: now) }) {
        case .accept: completion(nil)
        case .refuse(let error): completion(APIError(error))
        case .askConsumer(let query): ask(query, completion)
        }
    }

    private func ask(
        _ query: SignatureQuery, _ completion: @escaping @Sendable (APIError?) -> Void
    ) {
        guard let oracle else {
            completion(APIError(.signerUnknown, "the node has no chain to ask the consumer on"))
            return
        }
        let isAdmitted = openCount.withLock { count in
            guard count < NodeLimits.consumerQuestionCountMax else { return false }
            count += 1
            return true
        }
        guard isAdmitted else {
            completion(
                APIError(
                    .chainUnavailable, "too many signers wait to be checked on the chain",
                    retryAfterSeconds: 1))
            return
        }
        // One task for each signer that is not remembered, not for each request.
        Task {
            let verdict = await self.verdict(query, oracle)
            openCount.withLock { $0 -= 1 }
            completion(verdict)
        }
    }

    private func verdict(_ query: SignatureQuery, _ oracle: any ConsumerOracle) async -> APIError? {
        let start = Timestamp.monotonicNanoseconds()
        defer {
            metrics.record(.policy, nanoseconds: Timestamp.monotonicNanoseconds() - start)
        }
        do {
            let isValid = try await oracle.isValidSignature(query)
            let now = Timestamp.milliseconds()
            let decision = book.withLock { $0.consumerAnswered(isValid, to: query, at: now) }
            guard case .refuse(let error) = decision else { return nil }
            return APIError(error)
        } catch {
            return APIError(
                .chainUnavailable, "the consumer could not be asked on the chain: \(error)",
                retryAfterSeconds: 1)
        }
    }
}
