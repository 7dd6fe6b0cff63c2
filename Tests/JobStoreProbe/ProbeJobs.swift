import Bytes
import EthCrypto
import EthereumCodec
import JobEngine
import JobStore
import PostingEngine

/// Signed requests and results for the probe.
struct ProbeJobs {
    static let programID = ProgramID(Hash32(words: 1, 2, 3, 4))

    let signer: PrivateKey
    let operatorKey: PrivateKey

    init() throws {
        signer = try PrivateKey([UInt8](repeating: 0, count: 31) + [1])
        operatorKey = try PrivateKey([UInt8](repeating: 0, count: 31) + [200])
    }

    static let program = ProgramSubmission(
        id: programID, vm: 1, computedID: programID, elf: [1, 2, 3])

    func submission(
        nonce: UInt64, consumer: Address, variant: UInt8, inputByteCount: Int,
        isOrdered: Bool = false
    ) -> JobSubmission {
        let offchainInput = [UInt8](repeating: variant, count: inputByteCount)
        let request = OffchainJobRequest(
            nonce: nonce, maxCycles: 1_000, consumer: consumer, programID: Self.programID.bytes,
            onchainInput: [variant], offchainInputHash: Keccak256.hash(offchainInput),
            stateHash: Keccak256.hash([UInt8]())
        ).encoded()
        return JobSubmission(
            request: request, signature: signer.sign(EIP191.digest(request)).bytes65,
            offchainInput: offchainInput, relayStrategy: isOrdered ? .ordered : .unordered)
    }

    func output(of view: JobView) -> JobOutput {
        JobOutput(
            of: view.record, onchainInput: view.onchainInput, programOutput: [7],
            operatorKey: operatorKey)
    }

    func posting(of view: JobView) -> PostingRecord {
        PostingRecord(
            posting: Posting(
                jobID: view.id, consumer: view.record.consumer, jobNonce: view.record.nonce,
                isOrdered: view.record.relayStrategy == .ordered, kind: .offchainResult,
                contract: Address.zero, createdAtMilliseconds: 1, calldata: [1, 2, 3]))
    }
}
