import Bytes
import EthCrypto
import EthereumCodec
import JobEngine

/// Requests that a real client could have signed.
enum SampleJobs {
    static func key(_ number: UInt8 = 1) throws -> PrivateKey {
        try PrivateKey([UInt8](repeating: 0, count: 31) + [number])
    }

    static func consumer(_ number: UInt8 = 9) -> Address {
        Address(words: 0, 0, UInt32(number))
    }

    static let programID = ProgramID(Hash32(words: 1, 2, 3, 4))

    static func request(
        nonce: UInt64 = 1, consumer: Address = consumer(), dialect: RequestDialect = .a,
        onchainInput: [UInt8] = [1, 2, 3], offchainInput: [UInt8] = [], state: [UInt8] = []
    ) -> OffchainJobRequest {
        OffchainJobRequest(
            nonce: nonce, maxCycles: 1_000_000, consumer: consumer, programID: programID.bytes,
            onchainInput: onchainInput, offchainInputHash: Keccak256.hash(offchainInput),
            stateHash: dialect == .a ? Keccak256.hash(state) : nil)
    }

    static func submission(
        _ request: OffchainJobRequest, offchainInput: [UInt8] = [], state: [UInt8] = [],
        strategy: RelayStrategy = .unordered, keyNumber: UInt8 = 1
    ) throws -> JobSubmission {
        let bytes = request.encoded()
        return JobSubmission(
            request: bytes, signature: try key(keyNumber).sign(EIP191.digest(bytes)).bytes65,
            offchainInput: offchainInput, state: state, relayStrategy: strategy)
    }

    static func candidate(
        nonce: UInt64 = 1, consumer: Address = consumer(), strategy: RelayStrategy = .unordered,
        onchainInput: [UInt8] = [1, 2, 3]
    ) throws -> JobCandidate {
        let request = request(nonce: nonce, consumer: consumer, onchainInput: onchainInput)
        return try Intake.examine(
            try submission(request, strategy: strategy), limits: JobEngineLimits())
    }

    static func record(
        nonce: UInt64 = 1, sequence: UInt64 = 0, at now: UInt64 = 1_000, expiresAt: UInt64? = nil
    ) throws -> JobRecord {
        JobRecord(
            try candidate(nonce: nonce).identity, sequence: sequence, at: now,
            expiresAt: expiresAt)
    }
}
