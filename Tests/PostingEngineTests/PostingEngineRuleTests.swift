import Bytes
import TestSupport
import Testing

@testable import PostingEngine

/// Single rules, each where a random schedule seldom gets to.
@Suite("rules of the posting engine")
struct PostingEngineRuleTests {
    @Test("nothing is broadcast before the batch that records it is on disk")
    func persistFirst() throws {
        var bench = try EngineBench()
        let posting = bench.posting(1)
        let started = bench.handle(.postingAdded(PostingRecord(posting: posting)))
        #expect(started.contains(.observeChain) && started.estimates == [posting.jobID])
        bench.observe(latest: 7)
        let assigned = bench.handle(.gasEstimated(posting.jobID, .gas(50_000)))
        let batch = try #require(assigned.batch)
        #expect(assigned.broadcasts.isEmpty && batch.account?.nextNonce == 8)
        #expect(bench.observe(latest: 7, after: 600).broadcasts.isEmpty)
        #expect(bench.handle(.batchPersisted(batch.id)).broadcasts.count == 1)
    }

    @Test("a nonce used by somebody else is believed after patience and several looks only")
    func lostPatience() throws {
        var bench = try EngineBench()
        let posting = bench.posting(1)
        _ = try bench.makeLive(posting, latest: 0)
        var asked: [PostingAction] = []
        for look in 0..<200 {
            let due = bench.observe(head: 11, latest: 1, after: 500)
            #expect(due.contains { if case .askReceipts = $0 { true } else { false } })
            asked = bench.handle(.receiptsAnswered(nonce: 0, []))
            if look * 500 < 59_000 { #expect(asked.isEmpty, "look \(look)") }
            if !asked.isEmpty { break }
        }
        #expect(asked == [.askContractStatus(posting.jobID, contract: .zero)])
        let requeued = bench.handle(.contractStatusAnswered(posting.jobID, .open))
        #expect(requeued.batch?.records.first?.state == .queued)
        #expect(requeued.batch?.records.first?.failureCount == 1)
    }

    @Test("the lane opens with the write, not before")
    func laneOpensWithWrite() throws {
        let jobs = [OrderedJob(consumer: .zero, jobNonce: 1)]
        var bench = try EngineBench(openOrderedJobs: jobs)
        let second = bench.posting(2, isOrdered: true)
        #expect(bench.handle(.postingAdded(PostingRecord(posting: second))).estimates.isEmpty)
        let first = bench.posting(1, isOrdered: true)
        let added = bench.handle(.postingAdded(PostingRecord(posting: first)))
        #expect(added.estimates == [first.jobID])
        bench.observe(latest: 0)
        bench.handle(.gasEstimated(first.jobID, .reverted(reason: "no")))
        let ended = bench.handle(.contractStatusAnswered(first.jobID, .open))
        let batch = try #require(ended.batch)
        #expect(ended.estimates.isEmpty)
        #expect(bench.handle(.batchPersisted(batch.id)).estimates == [second.jobID])
    }

    @Test("blocks that came after the question don't confirm its answer")
    func confirmationsOfOtherBranch() throws {
        var bench = try EngineBench(confirmationCount: 3)
        let posting = bench.posting(1)
        let sent = try bench.makeLive(posting, latest: 0)
        bench.observe(head: 11, latest: 1, after: 500)
        bench.observe(head: 14, latest: 1, after: 500)
        let receipt = ReceiptView(
            transactionHash: sent.hash, blockNumber: 11, blockHash: .zero, isSuccess: true)
        #expect(bench.handle(.receiptsAnswered(nonce: 0, [receipt])).batch == nil)
        bench.observe(head: 14, latest: 1, after: 500)
        #expect(bench.handle(.receiptsAnswered(nonce: 0, [receipt])).batch?.outcomes.count == 1)
    }

    @Test("a hole below live nonces is filled after a while, and no nonce is given out before")
    func gapBelowLive() throws {
        var bench = try EngineBench()
        _ = try bench.makeLive(bench.posting(1), latest: 5)
        let waiting = bench.posting(2)
        bench.handle(.postingAdded(PostingRecord(posting: waiting)))
        bench.handle(.gasEstimated(waiting.jobID, .gas(50_000)), after: 0)
        #expect(bench.engine.account.nextNonce == 7)
        // The chain forgets transactions 3 and 4, which were settled.
        let third = bench.posting(3)
        #expect(bench.observe(latest: 3, after: 500).batch == nil)
        bench.handle(.postingAdded(PostingRecord(posting: third)))
        #expect(bench.handle(.gasEstimated(third.jobID, .gas(50_000))).batch == nil)
        var filled: PostingBatch?
        for _ in 0..<130 where filled == nil {
            filled = bench.observe(latest: 3, after: 500).batch
        }
        let fillers = try #require(filled?.account?.gapFillers)
        #expect(fillers.map(\.nonce) == [3, 4])
        #expect(fillers.allSatisfy { $0.attempts.map(\.purpose) == [.filler] })
        let sent = bench.handle(.batchPersisted(try #require(filled).id)).broadcasts
        let nonces = Set(sent.compactMap { TestTransaction(raw: $0.raw)?.nonce })
        #expect(nonces.isSuperset(of: [3, 4]))
    }

    @Test("a hole with nothing above is given out again")
    func gapAboveAll() throws {
        let account = AccountRecord(address: TestSigner.address, chainID: 1, nextNonce: 500)
        var bench = try EngineBench(account: account)
        let posting = bench.posting(1)
        bench.handle(.postingAdded(PostingRecord(posting: posting)))
        bench.observe(latest: 2)
        #expect(bench.handle(.gasEstimated(posting.jobID, .gas(50_000))).batch == nil)
        for _ in 0..<130 where bench.engine.account.nextNonce == 500 {
            bench.observe(latest: 2, after: 500)
        }
        #expect(bench.engine.account.nextNonce <= 3)
    }

    @Test("a refusal for good fills the nonce, and the posting becomes a dead letter")
    func refusedForGood() throws {
        var bench = try EngineBench()
        let posting = bench.posting(1)
        bench.handle(.postingAdded(PostingRecord(posting: posting)))
        bench.observe(latest: 0)
        let batch = try #require(bench.handle(.gasEstimated(posting.jobID, .gas(50_000))).batch)
        let sent = try #require(bench.handle(.batchPersisted(batch.id)).broadcasts.first)
        let filling = bench.handle(
            .broadcastAnswered(nonce: 0, hash: sent.hash, .refused(reason: "too large")))
        let fillBatch = try #require(filling.batch)
        let filler = try #require(bench.handle(.batchPersisted(fillBatch.id)).broadcasts.first)
        #expect(TestTransaction(raw: filler.raw)?.jobID == nil)
        bench.handle(.broadcastAnswered(nonce: 0, hash: filler.hash, .accepted))
        bench.observe(head: 11, latest: 1, after: 500)
        let receipt = ReceiptView(
            transactionHash: filler.hash, blockNumber: 11, blockHash: .zero, isSuccess: true)
        let buried = bench.handle(.receiptsAnswered(nonce: 0, [receipt]))
        #expect(buried.batch?.records.first?.state == .dead(reason: "too large"))
        #expect(bench.engine.deadLetters.map(\.reason) == ["too large"])
        bench.handle(.deadLetterRetried(posting.jobID))
        let reloaded = bench.handle(.calldataLoaded(posting.jobID, posting.calldata))
        #expect(reloaded.batch?.records.first?.state == .queued)
        #expect(reloaded.estimates == [posting.jobID])
    }

    @Test("without money nothing new is sent, and nothing is given up")
    func insufficientFunds() throws {
        var bench = try EngineBench()
        let posting = bench.posting(1)
        bench.handle(.postingAdded(PostingRecord(posting: posting)))
        bench.observe(latest: 0)
        let batch = try #require(bench.handle(.gasEstimated(posting.jobID, .gas(50_000))).batch)
        var sent = try #require(bench.handle(.batchPersisted(batch.id)).broadcasts.first)
        for _ in 0..<20 {
            bench.handle(.broadcastAnswered(nonce: 0, hash: sent.hash, .insufficientFunds))
            #expect(bench.engine.summary.isShortOfFunds)
            var again: SignedTerms?
            for _ in 0..<100 where again == nil {
                again = bench.observe(latest: 0, after: 500).broadcasts.first
            }
            sent = try #require(again)
        }
        #expect(bench.engine.deadLetters.isEmpty)
    }

    @Test("records that can't all be true are refused")
    func recovery() throws {
        var random = SeededRandom(seed: 3)
        var bench = try EngineBench()
        let posting = bench.posting(1)
        let sent = try bench.makeLive(posting, latest: 4)
        let live = LiveTransaction(
            nonce: 4, gasLimit: 62_500,
            attempts: [
                TransactionAttempt(
                    purpose: .call, fees: Fees(feePerGasMax: 210, priorityFeePerGasMax: 10),
                    hash: sent.hash)
            ])
        let record = PostingRecord(posting: posting, state: .live(live))
        let account = AccountRecord(address: TestSigner.address, chainID: 1, nextNonce: 5)
        _ = try EngineBench(account: account, records: [record])
        #expect(throws: PostingRecoveryError.nonceBeyondAccount(4)) {
            try EngineBench(records: [record])
        }
        #expect(throws: PostingRecoveryError.jobRecordedTwice(posting.jobID)) {
            try EngineBench(account: account, records: [record, PostingRecord(posting: posting)])
        }
        let foreign = AccountRecord(address: random.address(), chainID: 1, nextNonce: 5)
        #expect(throws: PostingRecoveryError.self) {
            try EngineBench(account: foreign, records: [record])
        }
        #expect(try EngineBench(account: foreign).engine.account.nextNonce == 0)
        let changed = PostingRecord(posting: bench.posting(9), state: .live(live))
        #expect(throws: PostingRecoveryError.signatureChanged(nonce: 4)) {
            try EngineBench(account: account, records: [changed])
        }
    }
}
