import Bytes
import JobEngine
import Testing

struct SignerBookTests {
    private let consumer = SampleJobs.consumer()

    @Test func listsAndTheConsumerItself() throws {
        let signer = try SampleJobs.key().address
        let candidate = try SampleJobs.candidate()
        let own = try SampleJobs.candidate(consumer: signer)
        let refused = OnSignature.refuse(.signerNotAllowed(signer: signer, consumer: consumer))
        let cases: [(SignerPolicy, OnSignature, OnSignature)] = [
            (.selfSigned, refused, .accept),
            (.allowlist([signer]), .accept, .accept),
            (
                .allowlist([]), refused,
                .refuse(.signerNotAllowed(signer: signer, consumer: signer))
            ),
            (.selfOrAllowlist([]), refused, .accept),
            (.selfOrAllowlist([signer]), .accept, .accept),
        ]
        for (policy, forOther, forSelf) in cases {
            let book = SignerBook(defaultPolicy: policy)
            #expect(book.decide(candidate, at: 0) == forOther, "\(policy)")
            #expect(book.decide(own, at: 0) == forSelf, "\(policy)")
        }
        let book = SignerBook(
            defaultPolicy: .eip1271, policies: [consumer: .allowlist([signer])])
        #expect(book.decide(candidate, at: 0) == .accept)
    }

    @Test func answersOfContractsAreKeptForTheirTime() throws {
        var book = SignerBook(defaultPolicy: .eip1271)
        let candidate = try SampleJobs.candidate()
        guard case .askConsumer(let query) = book.decide(candidate, at: 100) else {
            Issue.record("the contract must be asked")
            return
        }
        #expect(query.consumer == consumer)
        #expect(query.digest == candidate.digest)
        #expect(query.signature.count == 65)
        #expect(book.consumerAnswered(true, to: query, at: 100) == .accept)
        #expect(book.decide(candidate, at: 60_099) == .accept)
        #expect(book.decide(candidate, at: 60_100) == .askConsumer(query))
        let refused = book.consumerAnswered(false, to: query, at: 200)
        #expect(
            refused == .refuse(.signerNotAllowed(signer: query.signer, consumer: consumer)))
        #expect(book.decide(candidate, at: 2_199) == refused)
        #expect(book.decide(candidate, at: 2_200) == .askConsumer(query))
    }

    @Test func theBookIsBounded() throws {
        var limits = SignerBook.Limits()
        limits.answerCountMax = 10
        var book = SignerBook(defaultPolicy: .eip1271, limits: limits)
        for number in 0..<200 as Range<UInt8> {
            let candidate = try SampleJobs.candidate(consumer: SampleJobs.consumer(number))
            guard case .askConsumer(let query) = book.decide(candidate, at: 0) else {
                Issue.record("the contract of \(number) must be asked")
                return
            }
            #expect(book.consumerAnswered(true, to: query, at: 0) == .accept)
            #expect(book.decide(candidate, at: 1) == .accept)
            #expect(book.answerCount <= 10)
        }
    }
}
