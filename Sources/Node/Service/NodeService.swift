internal import GRPCProtocol
internal import NetworkIO
internal import NodeAPI

/// Serves the API on the node's sockets: hands each request to the face of its protocol and the answer
/// back. Knows no operation.
final class NodeService<Operations: CoprocessorOperations>: NetworkService {
    private let rest: RESTFace<Operations>
    private let grpc: GRPCFace<Operations>
    private let operator_: OperatorFace?
    private let bodyByteCountMax: Int
    private let programByteCountMax: Int

    init(
        operations: Operations, operatorFace: OperatorFace?, settings: APISettings
    ) {
        rest = RESTFace(operations: operations)
        grpc = GRPCFace(
            operations: operations,
            resultDialect: settings.jobResultDialect == .a ? .a : .b)
        operator_ = operatorFace
        bodyByteCountMax = settings.bodyByteCountMax
        // In JSON each byte of the ELF is two digits.
        programByteCountMax = 2 * settings.elfByteCountMax + NodeLimits.programEnvelopeByteCountMax
    }

    let pathsWithOwnLimits = [
        "/v1/programs", "/v1/coprocessor_node/submit_program",
        "/coprocessor_node.v1.CoprocessorNode/SubmitProgram",
    ]

    func bodyByteCountMax(method: String, target: String) -> Int {
        let mark = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        let path = mark.map { target[..<$0] } ?? target[...]
        let isProgram = path == "/v1/programs" || path == "/v1/coprocessor_node/submit_program"
        return isProgram ? max(programByteCountMax, bodyByteCountMax) : bodyByteCountMax
    }

    func messageByteCountMax(path: String) -> Int {
        path.hasSuffix("/SubmitProgram")
            ? max(programByteCountMax, bodyByteCountMax) : bodyByteCountMax
    }

    func handle(_ request: HTTPRequest, reply: HTTPReply) {
        let path = String(request.path)
        if request.listener == .metrics, !isObservation(request.method, path) {
            guard let operator_ else { return reply.complete(Self.response(notHere(path))) }
            return operator_.handle(request, path: path, reply: reply)
        }
        let restRequest = RESTRequest(
            method: request.method, path: path, query: request.query.map(String.init),
            contentType: request.headers["content-type"], body: request.body)
        rest.handle(restRequest) { response in
            reply.complete(Self.response(response))
        }
    }

    func handle(_ call: GRPCRequest, reply: GRPCReply) {
        grpc.handle(path: call.path, message: call.message) { result in
            switch result {
            case .success(let message):
                reply.complete(GRPCResponse(message: message))
            case .failure(let error):
                reply.fail(
                    GRPCStatus(error.code, error.message),
                    trailers: ["tandem-reason": error.reason.rawValue])
            }
        }
    }

    private func isObservation(_ method: String, _ path: String) -> Bool {
        RESTFace<Operations>.isObservation(method: method, path: path)
    }

    private func notHere(_ path: String) -> RESTResponse {
        RESTResponse(APIError(.unknownRoute, "there is no \(path) on this address"))
    }

    private static func response(_ response: RESTResponse) -> HTTPResponse {
        var answer = HTTPResponse(
            status: response.status, contentType: response.contentType, body: response.body)
        for field in response.headers {
            answer.headers.append(field.name, field.value)
        }
        return answer
    }
}
