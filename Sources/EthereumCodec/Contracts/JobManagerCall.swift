package import Bytes

/// The functions of the JobManager contract, with their arguments.
package enum JobManagerCall: Hashable, Sendable {
    case createJob(nonce: UInt64, programID: [UInt8], onchainInput: [UInt8], maxCycles: UInt64)
    case cancelJob(JobID)

    /// `result` is an encoded ResultWithMetadata, `signature` the operator's.
    case submitResult(result: [UInt8], signature: [UInt8])

    /// `result` is an encoded OffchainResultWithMetadata with the operator's signature, `request` an
    /// encoded OffchainJobRequest with the requester's.
    case submitResultForOffchainJob(
        result: [UInt8], signatureOnResult: [UInt8], request: [UInt8], signatureOnRequest: [UInt8])
    case getJobMetadata(JobID)
    case setRelayer(Address)
    case getRelayer
    case setCoprocessorOperator(Address)
    case getCoprocessorOperator

    /// The function as its selector is made from.
    package var signature: String {
        switch self {
        case .createJob: "createJob(uint64,bytes,bytes,uint64)"
        case .cancelJob: "cancelJob(bytes32)"
        case .submitResult: "submitResult(bytes,bytes)"
        case .submitResultForOffchainJob: "submitResultForOffchainJob(bytes,bytes,bytes,bytes)"
        case .getJobMetadata: "getJobMetadata(bytes32)"
        case .setRelayer: "setRelayer(address)"
        case .getRelayer: "getRelayer()"
        case .setCoprocessorOperator: "setCoprocessorOperator(address)"
        case .getCoprocessorOperator: "getCoprocessorOperator()"
        }
    }

    /// What a transaction or eth_call carries.
    package var calldata: [UInt8] {
        arguments(behind: ABI.selector(signature)).finish()
    }

    private func arguments(behind selector: [UInt8]) -> ABIWriter {
        switch self {
        case .createJob(let nonce, let programID, let onchainInput, let maxCycles):
            var writer = ABIWriter(fieldCount: 4, prefix: selector)
            writer.append(nonce)
            writer.append(dynamic: programID)
            writer.append(dynamic: onchainInput)
            writer.append(maxCycles)
            return writer
        case .cancelJob(let jobID), .getJobMetadata(let jobID):
            return .one(jobID.hash, behind: selector)
        case .submitResult(let result, let signature):
            return .byteStrings([result, signature], behind: selector)
        case .submitResultForOffchainJob(
            let result, let signatureOnResult, let request, let signatureOnRequest):
            return .byteStrings(
                [result, signatureOnResult, request, signatureOnRequest], behind: selector)
        case .setRelayer(let address), .setCoprocessorOperator(let address):
            var writer = ABIWriter(fieldCount: 1, prefix: selector)
            writer.append(address)
            return writer
        case .getRelayer, .getCoprocessorOperator:
            return ABIWriter(fieldCount: 0, prefix: selector)
        }
    }
}

extension ABIWriter {
    /// The single argument of a function that takes a bytes32.
    static func one(_ word: Hash32, behind selector: [UInt8]) -> ABIWriter {
        var writer = ABIWriter(fieldCount: 1, prefix: selector)
        writer.append(word)
        return writer
    }

    /// The arguments of a function that takes byte strings only.
    fileprivate static func byteStrings(_ values: [[UInt8]], behind selector: [UInt8]) -> ABIWriter
    {
        var writer = ABIWriter(fieldCount: values.count, prefix: selector)
        for value in values {
            writer.append(dynamic: value)
        }
        return writer
    }
}
