import CoprocessorProto
import Foundation
import GRPCCore
import GRPCNIOTransportHTTP2
import GRPCProtobuf

/// GetResult on grpc-swift-2: `GRPCPeer PORT ANSWER`, where ANSWER is a file with a serialized
/// GetResultResponse. Each call parses its request and serializes the message, as generated services do.
@main
struct GRPCPeer {
    static func main() async throws {
        guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[1]) else {
            print("usage: GRPCPeer PORT ANSWER")
            exit(64)
        }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[2]))
        let answer = try CoprocessorNode_V1_GetResultResponse(serializedBytes: bytes)
        let server = GRPCServer(
            transport: .http2NIOPosix(
                address: .ipv4(host: "127.0.0.1", port: port), transportSecurity: .plaintext),
            services: [Results(answer: answer)])
        try await server.serve()
    }
}

/// The one method, registered as generated code would.
struct Results: RegistrableRPCService {
    let answer: CoprocessorNode_V1_GetResultResponse

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        let method = MethodDescriptor(
            service: ServiceDescriptor(
                fullyQualifiedService: "coprocessor_node.v1.CoprocessorNode"),
            method: "GetResult")
        router.registerHandler(
            forMethod: method,
            deserializer: ProtobufDeserializer<CoprocessorNode_V1_GetResultRequest>(),
            serializer: ProtobufSerializer<CoprocessorNode_V1_GetResultResponse>()
        ) { request, _ in
            let single = try await ServerRequest(stream: request)
            guard single.message.jobID.count == 32 else {
                throw RPCError(code: .invalidArgument, message: "a job id has 32 bytes")
            }
            return StreamingServerResponse(single: ServerResponse(message: answer))
        }
    }
}
