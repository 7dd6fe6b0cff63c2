package import Bytes
package import EthCrypto
package import EthereumCodec

/// Why a job was not accepted: which field broke which rule. Cheap to make; the sentence is built
/// when somebody asks for it.
package enum IntakeError: Error, Hashable, Sendable {
    /// The parts of a submission whose size is limited.
    package enum Field: String, Hashable, Sendable {
        case request
        case onchainInput = "onchain_input"
        case offchainInput = "offchain_input"
        case state
    }

    case tooLarge(Field, byteCount: Int, byteCountMax: Int)
    case requestEncodingInvalid(ABIError)
    case maxCyclesZero
    case maxCyclesTooHigh(UInt64, maxCyclesMax: UInt64)
    case programIDInvalid(byteCount: Int)
    case offchainInputHashMismatch(stated: Hash32, actual: Hash32)
    case stateHashMismatch(stated: Hash32, actual: Hash32)
    /// State came with a request that has no hash for it.
    case stateNotExpected(byteCount: Int)
    case signatureEmpty
    case signatureInvalid(SignatureError)
    case signatureHighS
    case signerNotAllowed(signer: Address, consumer: Address)
    case unknownProgram(ProgramID)
    case nonceUsed(nonce: UInt64, consumer: Address)
    case nonceTooLow(nonce: UInt64, nonceMin: UInt64)
    case queueFull(jobCount: Int)
    case outboxFull(jobCount: Int)
}

/// The stable word for each way in which a job is not accepted.
package enum IntakeReason: String, CaseIterable, Hashable, Sendable {
    case requestTooLarge = "REQUEST_TOO_LARGE"
    case invalidRequestEncoding = "INVALID_REQUEST_ENCODING"
    case maxCyclesZero = "MAX_CYCLES_ZERO"
    case maxCyclesTooHigh = "MAX_CYCLES_TOO_HIGH"
    case programIDInvalid = "PROGRAM_ID_INVALID"
    case offchainInputHashMismatch = "OFFCHAIN_INPUT_HASH_MISMATCH"
    case stateHashMismatch = "STATE_HASH_MISMATCH"
    case signatureEmpty = "SIGNATURE_EMPTY"
    case signatureInvalid = "SIGNATURE_INVALID"
    case signatureHighS = "SIGNATURE_HIGH_S"
    case signerNotAllowed = "SIGNER_NOT_ALLOWED"
    case unknownProgram = "UNKNOWN_PROGRAM"
    case nonceUsed = "NONCE_USED"
    case nonceTooLow = "NONCE_TOO_LOW"
    case queueFull = "QUEUE_FULL"
}

extension IntakeError {
    /// The stable word.
    package var reason: IntakeReason {
        switch self {
        case .tooLarge: .requestTooLarge
        case .requestEncodingInvalid: .invalidRequestEncoding
        case .maxCyclesZero: .maxCyclesZero
        case .maxCyclesTooHigh: .maxCyclesTooHigh
        case .programIDInvalid: .programIDInvalid
        case .offchainInputHashMismatch: .offchainInputHashMismatch
        case .stateHashMismatch, .stateNotExpected: .stateHashMismatch
        case .signatureEmpty: .signatureEmpty
        case .signatureInvalid: .signatureInvalid
        case .signatureHighS: .signatureHighS
        case .signerNotAllowed: .signerNotAllowed
        case .unknownProgram: .unknownProgram
        case .nonceUsed: .nonceUsed
        case .nonceTooLow: .nonceTooLow
        case .queueFull, .outboxFull: .queueFull
        }
    }

    /// Whether the same submission may be accepted later.
    package var isRetryable: Bool { reason == .queueFull }
}

extension IntakeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooLarge(let field, let byteCount, let byteCountMax):
            "\(field.rawValue) has \(byteCount) bytes; at most \(byteCountMax) are allowed"
        case .requestEncodingInvalid(let error):
            "invalid ABI-encoding of job request: \(error)"
        case .maxCyclesZero:
            "job max cycles must be positive"
        case .maxCyclesTooHigh(let maxCycles, let maxCyclesMax):
            "job max cycles is \(maxCycles); this node runs at most \(maxCyclesMax)"
        case .programIDInvalid(0):
            "job program ID must not be empty"
        case .programIDInvalid(let byteCount):
            "job program ID must be 32 bytes in length, not \(byteCount)"
        case .offchainInputHashMismatch(let stated, let actual):
            "offchain input hash does not match: the request says \(stated), "
                + "keccak256 of offchain_input is \(actual)"
        case .stateHashMismatch(let stated, let actual):
            "state hash does not match: the request says \(stated), keccak256 of state is \(actual)"
        case .stateNotExpected(let byteCount):
            "state has \(byteCount) bytes, but the request has no stateHash; send no state"
        case .signatureEmpty, .signatureInvalid, .signatureHighS, .signerNotAllowed:
            signatureDescription
        case .unknownProgram, .nonceUsed, .nonceTooLow, .queueFull, .outboxFull:
            ledgerDescription
        }
    }

    private var signatureDescription: String {
        switch self {
        case .signatureEmpty:
            "job request signature must not be empty"
        case .signatureInvalid(let error):
            "job request signature is not valid: \(error)"
        case .signatureHighS:
            "job request signature has a high s; send the form with s at most half the order"
        case .signerNotAllowed(let signer, let consumer):
            "\(signer) may not sign requests for the consumer \(consumer)"
        default: ""
        }
    }

    private var ledgerDescription: String {
        switch self {
        case .unknownProgram(let programID):
            "the program \(programID) is not known to this node; submit it first"
        case .nonceUsed(let nonce, let consumer):
            "the nonce \(nonce) of the consumer \(consumer) is used by another request"
        case .nonceTooLow(let nonce, let nonceMin):
            "the nonce \(nonce) is too low for ordered relay: the next one is at least \(nonceMin)"
        case .queueFull(let jobCount):
            "the queue is full with \(jobCount) jobs; try again later"
        case .outboxFull(let jobCount):
            "\(jobCount) results wait to be posted; try again later"
        default: ""
        }
    }
}
