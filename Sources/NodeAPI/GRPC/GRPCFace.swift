internal import Bytes
internal import CoprocessorProto
internal import FoundationEssentials
internal import SwiftProtobuf

/// The gRPC face: finds the operation by the method's path, decodes, calls, encodes.
package struct GRPCFace<Operations: CoprocessorOperations>: Sendable {
    /// The serialised answer, or the refusal.
    package typealias Reply = @Sendable (Result<[UInt8], APIError>) -> Void

    private let operations: Operations
    private let resultDialect: JobResultDialect

    /// A face of `operations` that writes JobResult in this numbering.
    package init(operations: Operations, resultDialect: JobResultDialect) {
        self.operations = operations
        self.resultDialect = resultDialect
    }

    /// Answers one unary call: `path` is `/package.Service/Method`, `message` is serialised.
    package func handle(path: String, message: [UInt8], reply: @escaping Reply) {
        do throws(APIError) {
            try dispatch(path: path, message: message, reply: reply)
        } catch {
            reply(.failure(error))
        }
    }

    private func dispatch(
        path: String, message: [UInt8], reply: @escaping Reply
    ) throws(APIError) {
        switch path {
        case "/coprocessor_node.v1.CoprocessorNode/GetResult": try getResult(message, reply)
        case "/coprocessor_node.v1.CoprocessorNode/SubmitJob": try submitJob(message, reply)
        case "/coprocessor_node.v1.CoprocessorNode/SubmitProgram": try submitProgram(message, reply)
        case "/coprocessor_node.v1.CoprocessorNode/GetPendingJobs": try pendingJobs(message, reply)
        case "/coprocessor_node.v1.CoprocessorNode/ContainsProgram":
            try containsProgram(message, reply)
        case "/coprocessor_node.v1.CoprocessorNode/CancelJob": try cancelJob(message, reply)
        case "/coprocessor_node.v1.CoprocessorNode/EstimateJob": try estimateJob(message, reply)
        case "/coprocessor_node.v1.CoprocessorNode/GetNextNonce": try nextNonce(message, reply)
        case "/grpc.health.v1.Health/Check": try checkHealth(message, reply)
        case "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo":
            // The two versions differ in their package name only.
            reply(.success(ReflectionService.answer(try decode(message))))
        default:
            throw APIError(.unknownRoute, "there is no method \(path)")
        }
    }

    private func getResult(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        let request: CoprocessorNode_V1_GetResultRequest = try decode(message)
        let dialect = resultDialect
        let id = try FieldRules.jobID(request.jobID)
        operations.job(id, waitSeconds: 0) { result in
            reply(result.map { JobResultMessage.encode($0, dialect) })
        }
    }

    private func submitJob(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        operations.submitJob(try SubmissionMessage.job(message)) { result in
            reply(
                result.map { id in
                    encode(CoprocessorNode_V1_SubmitJobResponse.with { $0.jobID = .init(id.bytes) })
                })
        }
    }

    private func submitProgram(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        operations.submitProgram(try SubmissionMessage.program(message)) { result in
            reply(
                result.map { id in
                    encode(
                        CoprocessorNode_V1_SubmitProgramResponse.with {
                            $0.programID = .init(id.bytes)
                        })
                })
        }
    }

    private func pendingJobs(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        let request: CoprocessorNode_V1_GetPendingJobsRequest = try decode(message)
        let consumer = try FieldRules.consumer(request.consumerAddress)
        operations.pendingNonces(of: consumer) { result in
            reply(
                result.map { nonces in
                    encode(
                        CoprocessorNode_V1_GetPendingJobsResponse.with { $0.pendingJobs = nonces })
                })
        }
    }

    private func containsProgram(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        let request: CoprocessorNode_V1_ContainsProgramRequest = try decode(message)
        let id = try FieldRules.programID(request.programID)
        operations.containsProgram(id) { result in
            reply(
                result.map { contains in
                    encode(
                        CoprocessorNode_V1_ContainsProgramResponse.with { $0.contains = contains })
                })
        }
    }

    private func cancelJob(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        let request: CoprocessorNode_V1_CancelJobRequest = try decode(message)
        let id = try FieldRules.jobID(request.jobID)
        operations.cancelJob(id, signature: [UInt8](request.signature)) { result in
            reply(
                result.map { status in
                    encode(
                        CoprocessorNode_V1_CancelJobResponse.with {
                            $0.status = JobResultMessage.number(of: status)
                        })
                })
        }
    }

    private func estimateJob(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        let request: CoprocessorNode_V1_EstimateJobRequest = try decode(message)
        let estimate = EstimateRequest(
            programID: try FieldRules.programID(request.programID), maxCycles: request.maxCycles,
            onchainInput: [UInt8](request.onchainInput),
            offchainInput: [UInt8](request.offchainInput), state: [UInt8](request.state))
        operations.estimateJob(estimate) { result in
            reply(result.map { encode(JobResultMessage.estimate($0)) })
        }
    }

    private func nextNonce(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        let request: CoprocessorNode_V1_GetNextNonceRequest = try decode(message)
        let consumer = try FieldRules.consumer(request.consumerAddress)
        operations.nextNonce(of: consumer) { result in
            reply(
                result.map { nonce in
                    encode(CoprocessorNode_V1_GetNextNonceResponse.with { $0.nonce = nonce })
                })
        }
    }

    private func checkHealth(_ message: [UInt8], _ reply: @escaping Reply) throws(APIError) {
        let request: Grpc_Health_V1_HealthCheckRequest = try decode(message)
        guard ["", "coprocessor_node.v1.CoprocessorNode"].contains(request.service) else {
            throw APIError(.unknownService, "there is no service \(request.service)")
        }
        let isReady = operations.health().isReady
        reply(
            .success(
                encode(
                    Grpc_Health_V1_HealthCheckResponse.with {
                        $0.status = isReady ? .serving : .notServing
                    })))
    }
}
