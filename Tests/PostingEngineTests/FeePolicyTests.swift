import TestSupport
import Testing

@testable import PostingEngine

@Suite("fees, waits and queues")
struct FeePolicyTests {
    @Test("replacements rise by 10 % in both fields or are none", arguments: 1...20)
    func replacements(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var configuration = PostingConfiguration()
        for _ in 0..<500 {
            configuration.feePerGasMax = random.next() >> (random.next() % 64)
            let policy = FeePolicy(configuration: configuration)
            let quote = FeeQuote(
                baseFeePerGas: random.next() >> (random.next() % 64),
                priorityFeePerGas: random.next() >> (random.next() % 64))
            let cap = configuration.feePerGasMax
            let first = policy.firstFees(quote, feePerGasMax: cap)
            #expect(first.feePerGasMax <= cap)
            #expect(first.priorityFeePerGasMax <= first.feePerGasMax)
            guard let next = policy.replacementFees(after: first, quote, feePerGasMax: cap) else {
                continue
            }
            #expect(next.feePerGasMax <= cap)
            #expect(next.priorityFeePerGasMax <= next.feePerGasMax)
            #expect(isRaised(first.feePerGasMax, next.feePerGasMax))
            #expect(isRaised(first.priorityFeePerGasMax, next.priorityFeePerGasMax))
        }
    }

    private func isRaised(_ old: UInt64, _ new: UInt64) -> Bool {
        let wanted = old.multipliedFullWidth(by: 110)
        let offered = new.multipliedFullWidth(by: 100)
        return (offered.high, offered.low) >= (wanted.high, wanted.low) && new > old
    }

    @Test("waits double up to the longest, and the upper half is random")
    func backoff() {
        let backoff = Backoff(delayMin: 250, delayMax: 30_000)
        var random = SeededRandom(seed: 4)
        for (count, full) in [(1, 250), (2, 500), (5, 4000), (8, 30_000), (400, 30_000)] {
            for _ in 0..<200 {
                let delay = backoff.delay(failureCount: UInt32(count), random: random.next())
                #expect((UInt64(full) / 2...UInt64(full)).contains(delay))
            }
        }
    }

    @Test("the heap gives items back in order", arguments: 0...30)
    func heap(count: Int) {
        var random = SeededRandom(seed: UInt64(count))
        var heap = MinHeap()
        let items = (0..<count).map { _ in
            MinHeap.Item(key: random.next() % 10, jobID: random.posting().jobID)
        }
        for item in items { heap.insert(item) }
        var out: [MinHeap.Item] = []
        while let item = heap.removeFirst() { out.append(item) }
        #expect(out == items.sorted())
    }
}
