import Bytes
import EthCrypto
import EthereumCodec
import Foundation
import JobEngine
import JobStore
import PostingEngine

/// A directory of its own for a store, removed with the value.
final class StoreFixture: Sendable {
    let path: String
    let operatorKey: PrivateKey

    static let programID = ProgramID(Hash32(words: 1, 2, 3, 4))

    init() throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("tandem-store-" + UUID().uuidString).path
        operatorKey = try PrivateKey([UInt8](repeating: 0, count: 31) + [200])
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func open(
        _ change: (inout JobStoreConfiguration) -> Void = { _ in }
    ) throws -> JobStore {
        var configuration = JobStoreConfiguration(path: path)
        configuration.expectedOperator = operatorKey.address
        change(&configuration)
        // The store keeps the fixture, and with it the directory, for as long as it lives.
        let observer = configuration.observer
        configuration.observer = { commit in withExtendedLifetime(self) { observer(commit) } }
        return try JobStore(configuration)
    }

    /// A store that knows the program of the sample jobs.
    func openReady(
        _ change: (inout JobStoreConfiguration) -> Void = { _ in }
    ) async throws -> JobStore {
        let store = try open(change)
        _ = try await store.register(
            ProgramSubmission(
                id: Self.programID, vm: 1, computedID: Self.programID, elf: [1, 2, 3]))
        return store
    }

    func check() throws -> StoreCheck.Report {
        try StoreCheck.run(path: path, expectedOperator: operatorKey.address)
    }

    static func consumer(_ number: UInt8 = 9) -> Address {
        Address(words: 0, 0, UInt32(number))
    }

    static func candidate(
        nonce: UInt64, consumer: Address = consumer(), strategy: RelayStrategy = .unordered,
        onchainInput: [UInt8] = [1, 2, 3], offchainInput: [UInt8] = [4, 5]
    ) throws -> JobCandidate {
        let request = OffchainJobRequest(
            nonce: nonce, maxCycles: 1_000, consumer: consumer, programID: programID.bytes,
            onchainInput: onchainInput, offchainInputHash: Keccak256.hash(offchainInput),
            stateHash: nil)
        let key = try PrivateKey([UInt8](repeating: 0, count: 31) + [1])
        let bytes = request.encoded()
        let submission = JobSubmission(
            request: bytes, signature: key.sign(EIP191.digest(bytes)).bytes65,
            offchainInput: offchainInput, relayStrategy: strategy)
        return try Intake.examine(submission, limits: JobEngineLimits())
    }

    func output(of view: JobView, programOutput: [UInt8] = [42]) -> JobOutput {
        JobOutput(
            of: view.record, onchainInput: view.onchainInput, programOutput: programOutput,
            operatorKey: operatorKey)
    }

    func posting(of view: JobView) -> PostingRecord {
        PostingRecord(
            posting: Posting(
                jobID: view.id, consumer: view.record.consumer, jobNonce: view.record.nonce,
                isOrdered: view.record.relayStrategy == .ordered, kind: .offchainResult,
                contract: Self.consumer(77), createdAtMilliseconds: 5, calldata: [1, 2, 3, 4]))
    }

    /// The result of a successful run.
    func success(of view: JobView, isPosted: Bool = true) -> JobOutcome {
        .succeeded(output(of: view), cycles: 17, posting: isPosted ? posting(of: view) : nil)
    }
}
