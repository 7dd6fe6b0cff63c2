internal import Bytes
internal import CoprocessorProto
internal import FoundationEssentials
internal import JobEngine
internal import SwiftProtobuf

/// The two numberings of JobResult; reference/infinityvm.md.
package enum JobResultDialect: Sendable {
    case a
    case b
}

/// Writes answers about jobs.
enum JobResultMessage {
    /// A serialised GetResultResponse.
    static func encode(_ answer: JobView, _ dialect: JobResultDialect) -> [UInt8] {
        switch dialect {
        case .a:
            NodeAPI.encode(
                CoprocessorNode_V1_GetResultResponse.with { $0.jobResult = messageA(answer) })
        case .b:
            NodeAPI.encode(
                CoprocessorNode_DialectB_GetResultResponse.with { $0.jobResult = messageB(answer) })
        }
    }

    static func number(of status: JobStatus) -> CoprocessorNode_V1_JobStatusType {
        .init(rawValue: Int(status.rawValue)) ?? .unspecified
    }

    static func estimate(_ answer: EstimateAnswer) -> CoprocessorNode_V1_EstimateJobResponse {
        .with {
            $0.output = Data(answer.output)
            $0.cycles = answer.cycles
            $0.instructions = answer.instructions
            if let reason = answer.failureReason { $0.failureReason = reason }
        }
    }

    private static func messageA(_ answer: JobView) -> CoprocessorNode_V1_JobResult {
        let record = answer.record
        return .with {
            $0.id = Data(record.id.bytes)
            $0.nonce = record.nonce
            $0.maxCycles = record.maxCycles
            $0.consumerAddress = Data(record.consumer.bytes)
            $0.programID = Data(record.programID.bytes)
            $0.onchainInput = Data(answer.onchainInput)
            $0.offchainInputHash = Data(record.offchainInputHash.bytes)
            if let stateHash = record.stateHash { $0.stateHash = Data(stateHash.bytes) }
            $0.requestSignature = Data(answer.request.signature)
            $0.resultWithMetadata = Data(answer.output?.resultWithMetadata ?? [])
            $0.zkvmOperatorSignature = Data(answer.output?.operatorSignature ?? [])
            $0.status = status(of: record)
            if let hash = relayTransaction(of: record) { $0.relayTxHash = Data(hash.bytes) }
        }
    }

    private static func messageB(_ answer: JobView) -> CoprocessorNode_DialectB_JobResult {
        let record = answer.record
        return .with {
            $0.id = Data(record.id.bytes)
            $0.nonce = record.nonce
            $0.maxCycles = record.maxCycles
            $0.consumerAddress = Data(record.consumer.bytes)
            $0.programID = Data(record.programID.bytes)
            $0.onchainInput = Data(answer.onchainInput)
            $0.offchainInputHash = Data(record.offchainInputHash.bytes)
            $0.requestSignature = Data(answer.request.signature)
            $0.resultWithMetadata = Data(answer.output?.resultWithMetadata ?? [])
            $0.zkvmOperatorSignature = Data(answer.output?.operatorSignature ?? [])
            $0.status = status(of: record)
            if let hash = relayTransaction(of: record) { $0.relayTxHash = Data(hash.bytes) }
        }
    }

    private static func status(of record: JobRecord) -> CoprocessorNode_V1_JobStatus {
        .with {
            $0.status = number(of: record.status)
            if let failure = record.failure { $0.failureReason = failure.description }
            $0.retries = record.retries
        }
    }

    /// The confirmed transaction; one that is only under way is not shown.
    static func relayTransaction(of record: JobRecord) -> Hash32? {
        record.status == .relayed ? record.relayTransaction : nil
    }
}
