package import Bytes

/// Who may sign requests for a consumer (DESIGN.md section 4).
package enum SignerPolicy: Hashable, Sendable {
    /// The consumer contract says so itself: `isValidSignature` (EIP-1271).
    case eip1271
    /// One of these addresses.
    case allowlist(Set<Address>)
    /// The consumer's own key.
    case selfSigned
    /// The consumer's own key or one of these addresses.
    case selfOrAllowlist(Set<Address>)
}

/// The question to the consumer contract: `isValidSignature(digest, signature)`, by eth_call.
package struct SignatureQuery: Hashable, Sendable {
    /// The contract to call.
    package let consumer: Address
    /// Who made the signature; the answer is remembered for this signer.
    package let signer: Address
    /// The EIP-191 digest of the request.
    package let digest: Hash32
    /// r ‖ s ‖ v, 65 bytes.
    package let signature: [UInt8]
}

/// What is to be done about a signature.
package enum OnSignature: Hashable, Sendable {
    case accept
    case refuse(IntakeError)
    /// Ask the contract, then tell the book (`SignerBook.consumerAnswered`).
    case askConsumer(SignatureQuery)
}

/// The policies of a node and the answers that contracts gave. The owner serialises the calls.
///
/// A contract may change its signers, so answers are kept for a limited time, refusals for a
/// shorter one: they only keep a client that tries again and again from reaching the chain.
package struct SignerBook: Sendable {
    /// How long answers are kept, and how many.
    package struct Limits: Hashable, Sendable {
        package var validMilliseconds: UInt64 = 60_000
        package var invalidMilliseconds: UInt64 = 2_000
        /// Answers kept; about 100 bytes each.
        package var answerCountMax = 16_384

        package init() {}
    }

    private struct Pair: Hashable, Sendable {
        let consumer: Address
        let signer: Address
    }

    private struct Answer: Sendable {
        let isValid: Bool
        let expiresAt: UInt64
    }

    private let defaultPolicy: SignerPolicy
    private let policies: [Address: SignerPolicy]
    private let limits: Limits
    // Two generations: when the younger is full it becomes the older, and the older is dropped.
    private var young: [Pair: Answer] = [:]
    private var old: [Pair: Answer] = [:]

    /// The book of a node: the policy of each consumer that has its own, and that of all others.
    package init(
        defaultPolicy: SignerPolicy, policies: [Address: SignerPolicy] = [:],
        limits: Limits = Limits()
    ) {
        self.defaultPolicy = defaultPolicy
        self.policies = policies
        self.limits = limits
    }

    /// How many answers are kept.
    package var answerCount: Int { young.count + old.count }

    /// The policy that holds for a consumer.
    package func policy(of consumer: Address) -> SignerPolicy {
        policies[consumer] ?? defaultPolicy
    }

    /// Decides about the signature of a candidate at time `now`, in milliseconds.
    package func decide(_ candidate: JobCandidate, at now: UInt64) -> OnSignature {
        let (consumer, signer) = (candidate.identity.consumer, candidate.identity.signer)
        switch policy(of: consumer) {
        case .allowlist(let allowed):
            return allowed.contains(signer) ? .accept : refusal(signer, consumer)
        case .selfSigned:
            return signer == consumer ? .accept : refusal(signer, consumer)
        case .selfOrAllowlist(let allowed):
            let isAllowed = signer == consumer || allowed.contains(signer)
            return isAllowed ? .accept : refusal(signer, consumer)
        case .eip1271:
            let pair = Pair(consumer: consumer, signer: signer)
            guard let answer = young[pair] ?? old[pair], now < answer.expiresAt else {
                return .askConsumer(
                    SignatureQuery(
                        consumer: consumer, signer: signer, digest: candidate.digest,
                        signature: candidate.request.signature))
            }
            return answer.isValid ? .accept : refusal(signer, consumer)
        }
    }

    /// Remembers what the contract answered, at time `now`, and decides.
    package mutating func consumerAnswered(
        _ isValid: Bool, to query: SignatureQuery, at now: UInt64
    ) -> OnSignature {
        let kept = isValid ? limits.validMilliseconds : limits.invalidMilliseconds
        let (sum, isTooBig) = now.addingReportingOverflow(kept)
        if young.count >= max(1, limits.answerCountMax / 2) {
            old = young
            young = [:]
        }
        young[Pair(consumer: query.consumer, signer: query.signer)] = Answer(
            isValid: isValid, expiresAt: isTooBig ? .max : sum)
        return isValid ? .accept : refusal(query.signer, query.consumer)
    }

    private func refusal(_ signer: Address, _ consumer: Address) -> OnSignature {
        .refuse(.signerNotAllowed(signer: signer, consumer: consumer))
    }
}
