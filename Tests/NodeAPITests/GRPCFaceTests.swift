import Bytes
import CoprocessorProto
import Foundation
import JobEngine
import SwiftProtobuf
import Synchronization
import Testing

@testable import NodeAPI

@Suite struct GRPCFaceTests {
    private func call(
        _ method: String, _ message: some SwiftProtobuf.Message,
        to operations: FakeOperations = FakeOperations()
    ) throws -> Result<[UInt8], APIError> {
        let got = Mutex<Result<[UInt8], APIError>?>(nil)
        let path = method.hasPrefix("/") ? method : "/coprocessor_node.v1.CoprocessorNode/" + method
        GRPCFace(operations: operations, resultDialect: .a)
            .handle(path: path, message: try message.serializedBytes()) { result in
                got.withLock { $0 = result }
            }
        return try #require(got.withLock { $0 })
    }

    /// Field 4 is state for one dialect and the relay strategy for the other: the wire type decides.
    @Test func theWireTypeOfASubmissionTellsItsDialect() throws {
        let operations = FakeOperations()
        _ = try call(
            "SubmitJob",
            CoprocessorNode_V1_SubmitJobRequest.with {
                $0.request = Data([1])
                $0.state = Data([4])
                $0.relayStrategy = .ordered
            }, to: operations)
        _ = try call(
            "SubmitJob",
            CoprocessorNode_DialectB_SubmitJobRequest.with {
                $0.request = Data([1])
                $0.relayStrategy = .ordered
            }, to: operations)
        #expect(
            operations.calls == [
                .submitJob(
                    JobSubmission(
                        request: [1], signature: [], state: [4], relayStrategy: .ordered)),
                .submitJob(JobSubmission(request: [1], signature: [], relayStrategy: .ordered)),
            ])
    }

    @Test func theWireTypeOfAProgramTellsItsDialect() throws {
        let operations = FakeOperations()
        let id = ProgramID(Hash32(words: 1, 1, 1, 1))
        _ = try call(
            "SubmitProgram",
            CoprocessorNode_V1_SubmitProgramRequest.with {
                $0.programElf = Data([9])
                $0.vmType = .sp1
                $0.programID = Data(id.bytes)
            }, to: operations)
        _ = try call(
            "SubmitProgram",
            CoprocessorNode_DialectB_SubmitProgramRequest.with {
                $0.programElf = Data([9])
                $0.programID = Data(id.bytes)
            }, to: operations)
        let expected = ProgramUpload(elf: [9], vm: .sp1, programID: id)
        #expect(operations.calls == [.submitProgram(expected), .submitProgram(expected)])
    }

    @Test func badFieldsAreNamed() throws {
        let short = CoprocessorNode_V1_GetResultRequest.with { $0.jobID = Data([1]) }
        guard case .failure(let error) = try call("GetResult", short) else {
            Issue.record("a short job id was accepted")
            return
        }
        #expect(error.code == .invalidArgument)
        #expect(error.message.hasPrefix("job ID must be 32 bytes in length"))
    }

    @Test func reflectionDescribesTheServices() throws {
        for version in ["v1", "v1alpha"] {
            let path = "/grpc.reflection.\(version).ServerReflection/ServerReflectionInfo"
            let list = try call(
                path, Grpc_Reflection_V1_ServerReflectionRequest.with { $0.listServices = "" }
            ).get()
            let names = try Grpc_Reflection_V1_ServerReflectionResponse(serializedBytes: list)
                .listServicesResponse.service.map(\.name)
            #expect(names.contains("coprocessor_node.v1.CoprocessorNode"))
            let file = try call(
                path,
                Grpc_Reflection_V1_ServerReflectionRequest.with {
                    $0.fileContainingSymbol = "coprocessor_node.v1.CoprocessorNode.SubmitJob"
                }
            ).get()
            let descriptors = try Grpc_Reflection_V1_ServerReflectionResponse(serializedBytes: file)
                .fileDescriptorResponse.fileDescriptorProto
            let descriptor = try Google_Protobuf_FileDescriptorProto(
                serializedBytes: try #require(descriptors.first))
            #expect(descriptor.service.first?.method.count == 8)
        }
    }

    @Test func healthFollowsTheNode() throws {
        let request = Grpc_Health_V1_HealthCheckRequest()
        let ready = try call("/grpc.health.v1.Health/Check", request).get()
        #expect(
            try Grpc_Health_V1_HealthCheckResponse(serializedBytes: ready).status == .serving)
        let blocked = FakeOperations(refusal: APIError(.shuttingDown, "x"))
        let notReady = try call("/grpc.health.v1.Health/Check", request, to: blocked).get()
        #expect(
            try Grpc_Health_V1_HealthCheckResponse(serializedBytes: notReady).status == .notServing)
    }

    @Test func whatIsNoMessageIsRefused() throws {
        let got = Mutex<Result<[UInt8], APIError>?>(nil)
        GRPCFace(operations: FakeOperations(), resultDialect: .a).handle(
            path: "/coprocessor_node.v1.CoprocessorNode/GetResult", message: [0x0a, 0xff]
        ) { result in got.withLock { $0 = result } }
        guard case .failure(let error) = got.withLock({ $0 }) else {
            Issue.record("a cut message was accepted")
            return
        }
        #expect(error.reason == .invalidBody)
    }
}
