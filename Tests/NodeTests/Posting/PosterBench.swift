import Bytes
import ChainTestSupport
import EthereumCodec
import EthereumRPC
import Logging
import PostingEngine
import TestSupport
import Testing

@testable import Node

/// A poster with its store, on a development chain with the contracts.
struct PosterBench {
    let chain: DevChain
    let jobs: JobFixture
    let store = FakePersistence()
    /// What posters asked of the chain.
    let requests = RequestLog()
    var configuration = PostingConfiguration()
    /// How long a poster waits for an answer.
    var timeoutMilliseconds = DevChain.timeoutMilliseconds

    /// Ends a test that hangs, and no other: a loaded machine takes its time.
    private static let patience = Duration.seconds(300)

    init(_ chain: DevChain) async throws {
        self.chain = chain
        jobs = try await JobFixture(on: chain)
        configuration.pollInterval = 50
        configuration.firstLookDelay = 20
        configuration.retryDelayMax = 500
        configuration.rebroadcastInterval = 200
        // Where fees are not to rise they don't, however long a block takes.
        configuration.replacementInterval = 3_600_000
    }

    /// The record of a posting, written to the store as the node does it.
    func record(
        _ nonce: UInt64, isOrdered: Bool = false, isForged: Bool = false
    ) -> PostingRecord {
        let record = PostingRecord(
            posting: Posting(
                jobID: jobs.request(nonce).jobID, consumer: jobs.consumer, jobNonce: nonce,
                isOrdered: isOrdered, kind: .offchainResult, contract: jobs.manager,
                createdAtMilliseconds: nonce, calldata: jobs.calldata(nonce, isForged: isForged)))
        store.add(record)
        return record
    }

    /// A poster on the store that does nothing yet.
    func poster(chainID: UInt64 = DevChain.chainID) throws -> Poster {
        Poster(
            configuration: configuration, signer: TransactionSigner(key: try DevChain.key(0)),
            chainID: chainID,
            rpc: chain.rpc(timeoutMilliseconds: timeoutMilliseconds, observer: requests.observer),
            persistence: store, logger: Logger(label: "poster") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs a poster on the store for as long as `body` does.
    func withPoster(
        chainID: UInt64 = DevChain.chainID, _ body: (Poster) async throws -> Void
    ) async throws {
        let poster = try poster(chainID: chainID)
        let running = Task { try await poster.run(openOrderedJobs: []) }
        do {
            try await body(poster)
        } catch {
            poster.stop()
            throw error
        }
        poster.stop()
        try await running.value
    }

    func ending(_ nonce: UInt64) -> PostingOutcome.Ending? {
        store.outcomes[jobs.request(nonce).jobID]
    }

    func attempts(_ nonce: UInt64) -> [TransactionAttempt] {
        store.attempts(of: jobs.request(nonce).jobID)
    }

    /// Waits until `condition` holds; records an issue when that never comes.
    func wait(
        _ what: Comment, for condition: () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record(what)
        throw TimedOut()
    }

    struct TimedOut: Error {}

    /// Waits until the poster has decided on receipts of the chain as it is now. It may have one
    /// question under way and a view of the chain on its way, both from before; each further answer
    /// is to a question that was asked after the last one, at a newer view.
    func waitForReceipts() async throws {
        let method = "eth_getTransactionReceipt"
        let count = requests.answerCount(method) + 5
        try await wait("receipts are asked for") { requests.answerCount(method) >= count }
    }

    func waitForEndings(_ nonces: ClosedRange<UInt64>) async throws {
        try await wait("postings \(nonces) end") { nonces.allSatisfy { ending($0) != nil } }
    }

    /// The results stand on the chain, each by exactly one transaction, which is the reported one.
    func expectPosted(_ nonces: ClosedRange<UInt64>) async throws {
        #expect(store.violations == [])
        let logs = try await chain.rpc.logs(
            LogFilter(
                fromBlock: .number(0), toBlock: .latest, addresses: [jobs.manager],
                eventTopics: [JobManagerEvent.jobCompletedTopic]))
        for nonce in nonces {
            let jobID = jobs.request(nonce).jobID
            let mine = logs.filter { $0.event.topics.contains(jobID.hash) }
            #expect(mine.count == 1, "job \(nonce)")
            #expect(
                ending(nonce) == .relayed(transactionHash: mine.first?.transactionHash),
                "job \(nonce)")
        }
        let sent = try await chain.rpc.transactionCount(
            of: try DevChain.key(0).address, at: .latest)
        // Two deployments, and one transaction for each result.
        #expect(sent == 2 + UInt64(nonces.count))
    }
}
