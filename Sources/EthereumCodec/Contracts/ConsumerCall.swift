package import Bytes

/// The functions of a consumer contract, with their arguments.
package enum ConsumerCall: Hashable, Sendable {
    /// EIP-1271: whether the consumer lets this signature ask for jobs in its name.
    case isValidSignature(digest: Hash32, signature: [UInt8])
    case getNextNonce
    case getOnchainInputForJob(JobID)
    case getOffchainInputHashForJob(JobID)
    case getStateHashForJob(JobID)
    case setInputsForJob(
        jobID: JobID, onchainInput: [UInt8], offchainInputHash: Hash32, stateHash: Hash32)
    case updateLatestNonce(UInt64)
    case receiveResult(jobID: JobID, result: [UInt8])
    case cancelJob(JobID)

    /// The function as its selector is made from.
    package var signature: String {
        switch self {
        case .isValidSignature: "isValidSignature(bytes32,bytes)"
        case .getNextNonce: "getNextNonce()"
        case .getOnchainInputForJob: "getOnchainInputForJob(bytes32)"
        case .getOffchainInputHashForJob: "getOffchainInputHashForJob(bytes32)"
        case .getStateHashForJob: "getStateHashForJob(bytes32)"
        case .setInputsForJob: "setInputsForJob(bytes32,bytes,bytes32,bytes32)"
        case .updateLatestNonce: "updateLatestNonce(uint64)"
        case .receiveResult: "receiveResult(bytes32,bytes)"
        case .cancelJob: "cancelJob(bytes32)"
        }
    }

    /// What a transaction or eth_call carries.
    package var calldata: [UInt8] {
        arguments(behind: ABI.selector(signature)).finish()
    }

    private func arguments(behind selector: [UInt8]) -> ABIWriter {
        switch self {
        case .isValidSignature(let digest, let signature):
            return .pair(digest, signature, behind: selector)
        case .receiveResult(let jobID, let result):
            return .pair(jobID.hash, result, behind: selector)
        case .getNextNonce:
            return ABIWriter(fieldCount: 0, prefix: selector)
        case .getOnchainInputForJob(let jobID), .getOffchainInputHashForJob(let jobID),
            .getStateHashForJob(let jobID), .cancelJob(let jobID):
            return .one(jobID.hash, behind: selector)
        case .setInputsForJob(let jobID, let onchainInput, let offchainInputHash, let stateHash):
            var writer = ABIWriter(fieldCount: 4, prefix: selector)
            writer.append(jobID.hash)
            writer.append(dynamic: onchainInput)
            writer.append(offchainInputHash)
            writer.append(stateHash)
            return writer
        case .updateLatestNonce(let nonce):
            var writer = ABIWriter(fieldCount: 1, prefix: selector)
            writer.append(nonce)
            return writer
        }
    }
}

extension ABIWriter {
    /// The arguments of a function that takes (bytes32, bytes).
    fileprivate static func pair(_ word: Hash32, _ bytes: [UInt8], behind selector: [UInt8])
        -> ABIWriter
    {
        var writer = ABIWriter(fieldCount: 2, prefix: selector)
        writer.append(word)
        writer.append(dynamic: bytes)
        return writer
    }
}
