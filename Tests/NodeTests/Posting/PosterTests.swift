import Bytes
import ChainTestSupport
import EthereumCodec
import EthereumRPC
import PostingEngine
import TestSupport
import Testing

@testable import Node

@Suite("the poster on the development chain", .serialized, .timeLimit(.minutes(15)))
struct PosterTests {
    @Test("results are posted on a chain that mines at once, ordered ones in order")
    func posts() async throws {
        try await DevChain.run { chain in
            let bench = try await PosterBench(chain)
            try await bench.withPoster { poster in
                for nonce in (1...12).reversed() as [UInt64] where nonce.isMultiple(of: 2) {
                    poster.orderedJobAccepted(
                        OrderedJob(consumer: bench.jobs.consumer, jobNonce: nonce))
                }
                for nonce in (1...12).reversed() as [UInt64] {
                    poster.post(bench.record(nonce, isOrdered: nonce.isMultiple(of: 2)))
                }
                try await bench.waitForEndings(1...12)
            }
            try await bench.expectPosted(1...12)
            let logs = try await chain.rpc.logs(
                LogFilter(
                    fromBlock: .number(0), toBlock: .latest,
                    eventTopics: [JobManagerEvent.jobCompletedTopic]))
            let ordered = [2, 4, 6, 8, 10, 12].map { bench.jobs.request($0).jobID.hash }
            let found = logs.flatMap(\.event.topics).filter { ordered.contains($0) }
            #expect(found == ordered)
        }
    }

    @Test("fees rise until a block is made")
    func feesRise() async throws {
        try await DevChain.run(["--no-mining"]) { chain in
            var bench = try await PosterBench(chain)
            bench.configuration.replacementInterval = 300
            try await bench.withPoster { poster in
                poster.post(bench.record(1))
                try await bench.wait("two replacements") { bench.attempts(1).count >= 3 }
                try await bench.wait("the newest is in the pool") {
                    guard let newest = bench.attempts(1).last else { return false }
                    return try await chain.rpc.transaction(newest.hash) != nil
                }
                try await chain.mine()
                try await bench.waitForEndings(1...1)
            }
            for (old, new) in zip(bench.attempts(1), bench.attempts(1).dropFirst()) {
                #expect(new.fees.feePerGasMax * 10 >= old.fees.feePerGasMax * 11)
            }
            try await bench.expectPosted(1...1)
        }
    }

    @Test("a transaction that the node forgot is sent again")
    func dropped() async throws {
        try await DevChain.run(["--no-mining"]) { chain in
            let bench = try await PosterBench(chain)
            try await bench.withPoster { poster in
                poster.post(bench.record(1))
                poster.post(bench.record(2))
                try await bench.wait("both are in the pool") {
                    try await pendingCount(chain) == 2
                }
                for nonce in 1...2 as ClosedRange<UInt64> {
                    let hash = try #require(bench.attempts(nonce).last?.hash)
                    try await chain.control(
                        "anvil_dropTransaction", [.string(hash.description)])
                }
                try await bench.wait("both are in the pool again") {
                    try await pendingCount(chain) == 2
                }
                try await chain.mine()
                try await bench.waitForEndings(1...2)
            }
            try await bench.expectPosted(1...2)
        }
    }

    @Test("a reorg before the last confirmation takes a result back, and it is posted again")
    func reorg() async throws {
        try await DevChain.run(["--no-mining"]) { chain in
            var bench = try await PosterBench(chain)
            bench.configuration.confirmationCount = 4
            try await bench.withPoster { poster in
                poster.post(bench.record(1))
                try await bench.wait("it is in the pool") { try await pendingCount(chain) == 1 }
                try await chain.mine()
                let hash = try #require(bench.attempts(1).last?.hash)
                #expect(try await chain.rpc.receipt(of: hash) != nil)
                try await bench.waitForReceipts()
                try await chain.control("dev_reorg", [.string("0x1")])
                try await chain.control("anvil_dropTransaction", [.string(hash.description)])
                #expect(try await chain.rpc.receipt(of: hash) == nil)
                try await bench.wait("it is in the pool again") {
                    try await pendingCount(chain) == 1
                }
                try await chain.mine(3)
                try await bench.waitForReceipts()
                #expect(bench.ending(1) == nil, "three blocks are not four")
                try await chain.mine()
                try await bench.waitForEndings(1...1)
            }
            try await bench.expectPosted(1...1)
        }
    }

    /// Each time after another number of answers, so that different questions stay open.
    @Test("a server that freezes and comes back", arguments: [0, 2, 5])
    func freeze(answerCount: Int) async throws {
        try await DevChain.run { chain in
            var bench = try await PosterBench(chain)
            // Every freeze is waited out. One posting at a time, so that a slow machine needs less.
            bench.timeoutMilliseconds = 3_000
            bench.configuration.inFlightMax = 1
            try await bench.withPoster { poster in
                for round in 0..<2 as Range<UInt64> {
                    let before = bench.requests.answerCount
                    poster.post(bench.record(2 * round + 1))
                    try await bench.wait("the posting is under way") {
                        bench.requests.answerCount >= before + answerCount
                    }
                    chain.server.freeze()
                    // One that can't be done by now, so that something is asked in any case.
                    poster.post(bench.record(2 * round + 2))
                    let failures = bench.requests.failureCount
                    try await bench.wait("a request gets no answer") {
                        bench.requests.failureCount > failures
                    }
                    chain.server.thaw()
                }
                try await bench.waitForEndings(1...4)
            }
            try await bench.expectPosted(1...4)
        }
    }

    /// When a poster is stopped and another one takes over.
    enum Moment: CaseIterable {
        case atOnce
        /// When a further transaction is on record.
        case recorded
        /// When a further transaction is in the chain's pool.
        case sent
    }

    @Test("restarts between, before and after sending", arguments: Moment.allCases)
    func restarts(moment: Moment) async throws {
        try await DevChain.run(["--no-mining"]) { chain in
            let bench = try await PosterBench(chain)
            for nonce in 1...10 as ClosedRange<UInt64> { _ = bench.record(nonce) }
            for count in [1, 4, 7] as [UInt64] {
                try await bench.withPoster { _ in
                    try await bench.wait("\(count) are \(moment)") {
                        switch moment {
                        case .atOnce: true
                        case .recorded: (1...10).count { !bench.attempts($0).isEmpty } >= count
                        case .sent: try await pendingCount(chain) >= count
                        }
                    }
                }
            }
            try await chain.control("evm_setAutomine", [.bool(true)])
            try await bench.withPoster { _ in try await bench.waitForEndings(1...10) }
            try await bench.expectPosted(1...10)
        }
    }

    @Test("a refused result fails with the contract's reason; one that is there already is relayed")
    func refusals() async throws {
        try await DevChain.run { chain in
            let bench = try await PosterBench(chain)
            let call = bench.jobs.calldata(2)
            try await chain.send(try DevChain.key(3), to: bench.jobs.manager, data: call)
            try await bench.withPoster { poster in
                poster.post(bench.record(1, isForged: true))
                poster.post(bench.record(2))
                try await bench.waitForEndings(1...2)
            }
            guard case .failed(let reason)? = bench.ending(1) else {
                Issue.record("\(String(describing: bench.ending(1)))")
                return
            }
            #expect(reason.contains("JobManager:"), "\(reason)")
            #expect(bench.ending(2) == .relayed(transactionHash: nil))
        }
    }

    @Test("an abandoned posting frees its account nonce, and can be retried")
    func abandoned() async throws {
        try await DevChain.run(["--no-mining"]) { chain in
            let bench = try await PosterBench(chain)
            try await bench.withPoster { poster in
                poster.post(bench.record(1))
                poster.post(bench.record(2))
                try await bench.wait("both are in the pool") {
                    try await pendingCount(chain) == 2
                }
                let jobID = bench.jobs.request(1).jobID
                poster.abandon(jobID)
                try await bench.wait("a filler is in the pool") {
                    guard let newest = bench.attempts(1).last, newest.purpose == .filler else {
                        return false
                    }
                    return try await chain.rpc.transaction(newest.hash) != nil
                }
                try await chain.mine()
                try await bench.wait("it is a dead letter") {
                    bench.store.records.contains { $0.state.isDead }
                }
                #expect(bench.ending(1) == nil)
                try await bench.waitForEndings(2...2)
                try await chain.control("evm_setAutomine", [.bool(true)])
                poster.retry(jobID)
                try await bench.waitForEndings(1...1)
            }
            guard case .relayed(.some)? = bench.ending(1) else {
                Issue.record("not relayed")
                return
            }
        }
    }

    @Test("the poster ends with an error when the store fails, and the outbox stays whole")
    func storeFails() async throws {
        try await DevChain.run { chain in
            let bench = try await PosterBench(chain)
            let poster = try bench.poster()
            bench.store.breakDown()
            poster.post(bench.record(1))
            await #expect(throws: PosterError.self) {
                try await poster.run(openOrderedJobs: [])
            }
            let sent = try await chain.rpc.transactionCount(
                of: try DevChain.key(0).address, at: .pending)
            #expect(sent == 2, "nothing is sent that is not recorded")
            #expect(bench.store.records.map(\.state) == [.queued])
        }
    }

    @Test("a server of another chain is never posted to")
    func wrongChain() async throws {
        try await DevChain.run { chain in
            let bench = try await PosterBench(chain)
            try await bench.withPoster(chainID: 1) { poster in
                poster.post(bench.record(1))
                try await bench.wait("it has asked and asked again") {
                    bench.requests.answerCount("eth_chainId") >= 3
                }
            }
            #expect(bench.requests.answerCount("eth_sendRawTransaction") == 0)
            #expect(bench.attempts(1).isEmpty)
            #expect(bench.ending(1) == nil)
        }
    }

    private func pendingCount(_ chain: DevChain) async throws -> UInt64 {
        let snapshot = try await chain.rpc.snapshot(of: try DevChain.key(0).address)
        return snapshot.pendingNonce - snapshot.latestNonce
    }
}

extension PostingRecord.State {
    var isDead: Bool {
        if case .dead = self { true } else { false }
    }
}
