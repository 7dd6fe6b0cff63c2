import Bytes
import TestSupport
import Testing

@testable import PostingEngine

/// An engine driven by hand, with the answers that every test needs.
struct EngineBench {
    var engine: PostingEngine
    var random = SeededRandom(seed: 11)
    var now: UInt64 = 1000

    init(
        confirmationCount: UInt64 = 1, account: AccountRecord? = nil,
        records: [PostingRecord] = [], openOrderedJobs: [OrderedJob] = []
    ) throws {
        var configuration = PostingConfiguration()
        configuration.confirmationCount = confirmationCount
        configuration.feePerGasMax = 10_000
        configuration.failuresMax = 3
        engine = try PostingEngine(
            configuration: configuration, signer: TestSigner.signer, chainID: 1, account: account,
            records: records, openOrderedJobs: openOrderedJobs, now: 1000)
    }

    @discardableResult
    mutating func handle(_ event: PostingEvent, after milliseconds: UInt64 = 0) -> [PostingAction] {
        now += milliseconds
        return engine.handle(event, at: now, random: random.next())
    }

    @discardableResult
    mutating func observe(
        head: UInt64 = 10, latest: UInt64, pending: UInt64? = nil, baseFee: UInt64 = 100,
        after milliseconds: UInt64 = 0
    ) -> [PostingAction] {
        let view = ChainView(
            headNumber: head, latestNonce: latest, pendingNonce: pending ?? latest,
            quote: FeeQuote(baseFeePerGas: baseFee, priorityFeePerGas: 10))
        return handle(.chainObserved(view), after: milliseconds)
    }

    mutating func posting(
        _ nonce: UInt64, of consumer: Address = .zero, isOrdered: Bool = false
    ) -> Posting {
        let jobID = JobID(random.hash())
        return Posting(
            jobID: jobID, consumer: consumer, jobNonce: nonce, isOrdered: isOrdered,
            kind: .offchainResult, contract: .zero, createdAtMilliseconds: nonce,
            calldata: jobID.bytes)
    }

    /// Brings a new posting to where its transaction has been accepted; returns that transaction.
    mutating func makeLive(_ posting: Posting, latest: UInt64) throws -> SignedTerms {
        handle(.postingAdded(PostingRecord(posting: posting)))
        observe(latest: latest)
        let assigned = handle(.gasEstimated(posting.jobID, .gas(50_000)))
        let batch = try #require(assigned.batch)
        let sent = try #require(handle(.batchPersisted(batch.id)).broadcasts.first)
        let nonce = try #require(TestTransaction(raw: sent.raw)?.nonce)
        handle(.broadcastAnswered(nonce: nonce, hash: sent.hash, .accepted))
        return sent
    }
}

extension [PostingAction] {
    var batch: PostingBatch? {
        for case .persist(let batch) in self { return batch }
        return nil
    }

    var broadcasts: [SignedTerms] {
        compactMap { action in
            if case .broadcast(_, let signed) = action { signed } else { nil }
        }
    }

    var estimates: [JobID] {
        compactMap { action in
            if case .estimateGas(let jobID, _) = action { jobID } else { nil }
        }
    }
}
