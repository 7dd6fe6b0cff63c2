internal import Bytes
internal import CoprocessorProto
internal import FoundationEssentials
internal import GRPCProtocol
internal import SwiftProtobuf

/// Server reflection: which services there are, and the descriptors of their files.
enum ReflectionService {
    /// The serialised answer to one request. Versions v1 and v1alpha have the same messages.
    static func answer(_ request: Grpc_Reflection_V1_ServerReflectionRequest) -> [UInt8] {
        encode(
            Grpc_Reflection_V1_ServerReflectionResponse.with {
                $0.validHost = request.host
                $0.originalRequest = request
                $0.messageResponse = response(to: request.messageRequest)
            })
    }

    private typealias Request = Grpc_Reflection_V1_ServerReflectionRequest.OneOf_MessageRequest
    private typealias Response = Grpc_Reflection_V1_ServerReflectionResponse.OneOf_MessageResponse

    private static func response(to request: Request?) -> Response {
        switch request {
        case .listServices:
            .listServicesResponse(
                .with {
                    $0.service = ProtoFile.all.flatMap(\.services).map { name in
                        .with { $0.name = name }
                    }
                })
        case .fileByFilename(let name):
            files(name) { $0.name == name }
        case .fileContainingSymbol(let symbol):
            // A symbol may be a method or a field: then the file is that of its service or message.
            files(symbol) { file in
                file.symbols.contains { symbol == $0 || symbol.hasPrefix($0 + ".") }
            }
        case .allExtensionNumbersOfType(let type) where isKnown(type):
            .allExtensionNumbersResponse(.with { $0.baseTypeName = type })
        case .allExtensionNumbersOfType(let type): notFound(type)
        case .fileContainingExtension(let wanted):
            notFound("extension \(wanted.extensionNumber) of \(wanted.containingType)")
        case nil:
            error(.invalidArgument, "the request asks for nothing")
        }
    }

    /// The first file that matches.
    private static func files(_ name: String, where matches: (ProtoFile) -> Bool) -> Response {
        guard let file = ProtoFile.all.first(where: matches) else { return notFound(name) }
        return .fileDescriptorResponse(
            .with {
                $0.fileDescriptorProto = [Data(Hex.decode(file.descriptorHex) ?? [])]
            })
    }

    private static func isKnown(_ symbol: String) -> Bool {
        ProtoFile.all.contains { $0.symbols.contains(symbol) }
    }

    private static func notFound(_ name: String) -> Response {
        error(.notFound, "there is no \(name)")
    }

    private static func error(_ code: GRPCStatusCode, _ message: String) -> Response {
        .errorResponse(
            .with {
                $0.errorCode = Int32(code.rawValue)
                $0.errorMessage = message
            })
    }
}
