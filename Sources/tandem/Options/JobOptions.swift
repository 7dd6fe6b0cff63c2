internal import ArgumentParser
internal import Bytes
internal import EthCrypto
internal import EthereumCodec
internal import Glibc

/// The fields of a job request.
struct JobOptions: ParsableArguments {
    @Option(help: "The consumer contract that gets the result.")
    var consumer: Address

    @Option(help: "The program's id.")
    var program: ProgramID

    @Option(name: .customLong("max-cycles"), help: "The job fails when the program needs more.")
    var maxCycles: UInt64

    @Option(
        name: .customLong("onchain-input"),
        help: "What the contract sees too: hexadecimal, or @FILE.")
    var onchainInput = HexArgument(bytes: [])

    @Option(
        name: .customLong("offchain-input"),
        help: "What only the program sees: hexadecimal, or @FILE.")
    var offchainInput = HexArgument(bytes: [])

    @Option(help: "The state of a stateful consumer: hexadecimal, or @FILE.")
    var state = HexArgument(bytes: [])

    @Option(help: "a: requests with a state hash. b: requests without one.")
    var dialect: Dialect = .a

    enum Dialect: String, ExpressibleByArgument, CaseIterable {
        case a, b
    }

    func validate() throws {
        if dialect == .b, !state.bytes.isEmpty {
            throw ValidationError("--state needs --dialect a: requests of dialect b have no state")
        }
    }

    /// The request with this nonce.
    func request(nonce: UInt64) -> OffchainJobRequest {
        OffchainJobRequest(
            nonce: nonce, maxCycles: maxCycles, consumer: consumer, programID: program.bytes,
            onchainInput: onchainInput.bytes,
            offchainInputHash: Keccak256.hash(offchainInput.bytes),
            stateHash: dialect == .a ? Keccak256.hash(state.bytes) : nil)
    }

    /// A request and the signature on it.
    func signed(nonce: UInt64, by key: PrivateKey) -> SignedJob {
        let request = request(nonce: nonce)
        let encoded = request.encoded()
        return SignedJob(
            id: request.jobID, request: encoded,
            signature: key.sign(EIP191.digest(encoded)).bytes65)
    }
}

/// What SubmitJob needs besides the inputs.
struct SignedJob {
    let id: JobID
    let request: [UInt8]
    let signature: [UInt8]
}
