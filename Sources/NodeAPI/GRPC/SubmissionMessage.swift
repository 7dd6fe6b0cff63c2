internal import Bytes
internal import CoprocessorProto
internal import FoundationEssentials
internal import JobEngine
internal import SwiftProtobuf

/// Reads submissions in either numbering. A field whose wire type does not fit dialect A stays unknown
/// to its decoder: that is how a client of dialect B shows itself (reference/infinityvm.md).
enum SubmissionMessage {
    static func job(_ message: [UInt8]) throws(APIError) -> JobSubmission {
        let request: CoprocessorNode_V1_SubmitJobRequest = try decode(message)
        if !request.unknownFields.data.isEmpty {
            let other: CoprocessorNode_DialectB_SubmitJobRequest = try decode(message)
            if other.relayStrategy != .unordered {
                return JobSubmission(
                    request: [UInt8](other.request), signature: [UInt8](other.signature),
                    offchainInput: [UInt8](other.offchainInput), state: [],
                    relayStrategy: try relayStrategy(other.relayStrategy))
            }
        }
        return JobSubmission(
            request: [UInt8](request.request), signature: [UInt8](request.signature),
            offchainInput: [UInt8](request.offchainInput), state: [UInt8](request.state),
            relayStrategy: try relayStrategy(request.relayStrategy))
    }

    static func program(_ message: [UInt8]) throws(APIError) -> ProgramUpload {
        let request: CoprocessorNode_V1_SubmitProgramRequest = try decode(message)
        if !request.unknownFields.data.isEmpty {
            let other: CoprocessorNode_DialectB_SubmitProgramRequest = try decode(message)
            if !other.programID.isEmpty {
                guard other.vmType == .sp1 else {
                    throw APIError(.invalidField, "vm_type must be 0 (Sp1) in this numbering")
                }
                return try program(elf: other.programElf, vm: .sp1, id: other.programID)
            }
        }
        guard let vm = UInt8(exactly: request.vmType.rawValue).flatMap(ProgramVM.init(rawValue:))
        else { throw APIError(.invalidField, "vm_type must be 0 (Risc0) or 1 (Sp1)") }
        return try program(elf: request.programElf, vm: vm, id: request.programID)
    }

    private static func program(
        elf: Data, vm: ProgramVM, id: Data
    ) throws(APIError) -> ProgramUpload {
        guard !elf.isEmpty else { throw APIError(.programEmpty, "program elf must not be empty") }
        return ProgramUpload(
            elf: [UInt8](elf), vm: vm, programID: id.isEmpty ? nil : try FieldRules.programID(id))
    }

    private static func relayStrategy(
        _ value: CoprocessorNode_V1_RelayStrategy
    ) throws(APIError) -> RelayStrategy {
        guard let strategy = UInt8(exactly: value.rawValue).flatMap(RelayStrategy.init(rawValue:))
        else {
            throw APIError(.invalidField, "relay_strategy must be 0 (Unordered) or 1 (Ordered)")
        }
        return strategy
    }
}
