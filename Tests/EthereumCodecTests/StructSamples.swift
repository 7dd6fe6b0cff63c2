import Bytes
import EthereumCodec
import TestSupport
import Testing

/// One struct of the coprocessor interface, whichever it is.
enum AnyStruct: Hashable {
    case request(OffchainJobRequest)
    case result(ResultWithMetadata)
    case offchainResult(OffchainResultWithMetadata)
    case stateful(StatefulProgramResult)
    case statefulInput(StatefulAppOnchainInput)

    var encoded: [UInt8] {
        switch self {
        case .request(let value): value.encoded()
        case .result(let value): value.encoded()
        case .offchainResult(let value): value.encoded()
        case .stateful(let value): value.encoded()
        case .statefulInput(let value): value.encoded()
        }
    }

    /// The dialect of the structs that differ by dialect.
    var dialect: RequestDialect? {
        switch self {
        case .request(let value): value.dialect
        case .offchainResult(let value): value.dialect
        case .result, .stateful, .statefulInput: nil
        }
    }

    /// Decodes `bytes` as the struct that this value is.
    func decodingSameKind(_ bytes: [UInt8]) throws(ABIError) -> AnyStruct {
        switch self {
        case .request: .request(try OffchainJobRequest(decoding: bytes))
        case .result: .result(try ResultWithMetadata(decoding: bytes))
        case .offchainResult: .offchainResult(try OffchainResultWithMetadata(decoding: bytes))
        case .stateful: .stateful(try StatefulProgramResult(decoding: bytes))
        case .statefulInput: .statefulInput(try StatefulAppOnchainInput(decoding: bytes))
        }
    }
}

/// A line of structs.py.
struct StructSample {
    let value: AnyStruct
    let encoding: [UInt8]

    /// The job id that the oracle computed; nil when the struct is no request.
    let jobID: String?

    static func load(seed: Int, rounds: Int) throws -> [StructSample] {
        let lines = try PythonOracle.lines(
            "EthereumCodecTests/Oracles/structs.py", [String(seed), String(rounds)])
        #expect(lines.count == 6 * rounds)
        return try lines.map { try StructSample($0.split(separator: " ").map(String.init)) }
    }

    init(_ field: [String]) throws {
        encoding = try #require(Hex.decode(field[field.count - 1]))
        jobID = field[0].hasPrefix("request") ? field[field.count - 2] : nil
        value =
            switch field[0] {
            case "requestA", "requestB": .request(try Self.request(field))
            case "result": .result(try Self.result(field))
            case "offchainResultA", "offchainResultB": .offchainResult(try Self.offchain(field))
            default:
                .stateful(
                    StatefulProgramResult(
                        nextStateHash: try hash(field[1]), result: try bytes(field[2])))
            }
    }

    private static func request(_ field: [String]) throws -> OffchainJobRequest {
        OffchainJobRequest(
            nonce: try #require(UInt64(field[1])), maxCycles: try #require(UInt64(field[2])),
            consumer: try #require(Address(hex: field[3])), programID: try bytes(field[4]),
            onchainInput: try bytes(field[5]), offchainInputHash: try hash(field[6]),
            stateHash: field[0] == "requestA" ? try hash(field[7]) : nil)
    }

    private static func result(_ field: [String]) throws -> ResultWithMetadata {
        ResultWithMetadata(
            jobID: JobID(try hash(field[1])), onchainInputHash: try hash(field[2]),
            maxCycles: try #require(UInt64(field[3])), programID: try bytes(field[4]),
            result: try bytes(field[5]))
    }

    private static func offchain(_ field: [String]) throws -> OffchainResultWithMetadata {
        let isA = field[0] == "offchainResultA"
        let next = isA ? 5 : 4
        return OffchainResultWithMetadata(
            jobID: JobID(try hash(field[1])), onchainInputHash: try hash(field[2]),
            offchainInputHash: try hash(field[3]), maxCycles: try #require(UInt64(field[next])),
            programID: try bytes(field[next + 1]), result: try bytes(field[next + 2]),
            dialectFields: isA
                ? .a(stateHash: try hash(field[4]))
                : .b(versionedBlobHashes: try hashes(field[7])))
    }
}

/// The byte string of a field with an x in front.
func bytes(_ field: String) throws -> [UInt8] {
    try #require(Hex.decode(String(field.dropFirst())))
}

private func hash(_ field: String) throws -> Hash32 {
    try #require(Hash32(try bytes(field)))
}

private func hashes(_ field: String) throws -> [Hash32] {
    try field.dropFirst().split(separator: ",").map { try #require(Hash32(hex: String($0))) }
}
