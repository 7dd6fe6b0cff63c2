package import Bytes
package import EthCrypto
package import EthereumCodec

/// A JobManager with one consumer, and jobs for it as the node would post them. Account 0 deploys and
/// posts, account 1 signs results, account 2 signs requests.
package struct JobFixture: Sendable {
    package let manager: Address
    package let consumer: Address
    private let operatorKey: PrivateKey
    private let requester: PrivateKey

    /// Deploys both contracts.
    package init(on chain: DevChain) async throws {
        let owner = try DevChain.key(0)
        operatorKey = try DevChain.key(1)
        requester = try DevChain.key(2)
        manager = try await chain.deploy(
            "JobManager", by: owner, [owner.address.word, operatorKey.address.word])
        consumer = try await chain.deploy(
            "SingleOffchainSignerConsumer", by: owner, [manager.word, requester.address.word])
    }

    /// The request of the job with this nonce.
    package func request(_ nonce: UInt64) -> OffchainJobRequest {
        OffchainJobRequest(
            nonce: nonce, maxCycles: 1_000_000, consumer: consumer,
            programID: [UInt8](repeating: 7, count: 32), onchainInput: [1, 2, 3],
            offchainInputHash: Keccak256.hash([UInt8]()), stateHash: Keccak256.hash([UInt8]()))
    }

    /// The call that posts the job's result; signed by somebody who may not when `isForged`.
    package func calldata(_ nonce: UInt64, isForged: Bool = false) -> [UInt8] {
        let request = request(nonce)
        let result = OffchainResultWithMetadata(
            jobID: request.jobID, onchainInputHash: Keccak256.hash(request.onchainInput),
            offchainInputHash: request.offchainInputHash, maxCycles: request.maxCycles,
            programID: request.programID, result: [UInt8](repeating: UInt8(nonce % 256), count: 64),
            dialectFields: .a(stateHash: request.stateHash ?? .zero)
        ).encoded()
        let encodedRequest = request.encoded()
        return JobManagerCall.submitResultForOffchainJob(
            result: result,
            signatureOnResult: sign(result, isForged ? requester : operatorKey),
            request: encodedRequest, signatureOnRequest: sign(encodedRequest, requester)
        ).calldata
    }

    /// The requester's signature over a request.
    package func signature(on request: [UInt8]) -> [UInt8] { sign(request, requester) }

    private func sign(_ message: [UInt8], _ key: PrivateKey) -> [UInt8] {
        key.sign(EIP191.digest(message)).bytes65
    }
}

extension Address {
    /// The address as an EVM word.
    package var word: Hash32 {
        Hash32(words: 0, word0 >> 32, word0 << 32 | word1 >> 32, word1 << 32 | UInt64(word2))
    }
}
