import Foundation
import GRPCProtocol
import Synchronization

@testable import NetworkIO

/// What the oracles talk to: every way to answer, at once, later, never.
final class EchoService: NetworkService {
    static let uploadByteCountMax = 12 << 20
    static let smallByteCountMax = 1000

    private struct Held {
        var http: [HTTPReply] = []
        var grpc: [GRPCReply] = []
    }

    private let held = Mutex(Held())
    private let queue = DispatchQueue(label: "echo", attributes: .concurrent)

    /// How many of the requests that are never answered have been cancelled.
    var cancelledCount: Int {
        held.withLock { held in
            held.http.count(where: \.isCancelled) + held.grpc.count(where: \.isCancelled)
        }
    }

    let pathsWithOwnLimits = ["/upload", "/small", "/test.Echo/Upload", "/test.Echo/Small"]

    func bodyByteCountMax(method: String, target: String) -> Int {
        switch target {
        case "/upload": Self.uploadByteCountMax
        case "/small": Self.smallByteCountMax
        default: NetworkLimits.bodyByteCountMaxDefault
        }
    }

    func messageByteCountMax(path: String) -> Int {
        switch path {
        case "/test.Echo/Upload": Self.uploadByteCountMax
        case "/test.Echo/Small": Self.smallByteCountMax
        default: 4 << 20
        }
    }

    func handle(_ request: HTTPRequest, reply: HTTPReply) {
        switch request.path {
        case "/echo", "/upload", "/small":
            reply.complete(
                HTTPResponse(
                    status: 200, contentType: "application/octet-stream", body: request.body))
        case "/info": reply.complete(Self.text(Self.description(of: request)))
        case "/length": reply.complete(Self.text(String(request.body.count)))
        case "/large": reply.complete(Self.large(Self.number(request.query)))
        case "/empty": reply.complete(HTTPResponse(status: 204))
        case "/evil": reply.complete(Self.evil)
        case "/later": answerLater(request, reply)
        case "/never": held.withLock { $0.http.append(reply) }
        case "/twice":
            reply.complete(Self.text("first"))
            reply.complete(Self.text("second"))
        case "/cancelled": reply.complete(Self.text(String(cancelledCount)))
        case "/drop": break
        default: reply.complete(HTTPResponse(status: 404, contentType: "text/plain", body: []))
        }
    }

    func handle(_ call: GRPCRequest, reply: GRPCReply) {
        switch call.path {
        case "/test.Echo/Unary", "/test.Echo/Upload", "/test.Echo/Small":
            reply.complete(GRPCResponse(message: call.message))
        case "/test.Echo/Later":
            queue.asyncAfter(deadline: .now() + .milliseconds(30)) {
                reply.complete(GRPCResponse(message: call.message))
            }
        case "/test.Echo/Slow":
            queue.asyncAfter(deadline: .now() + .milliseconds(900)) {
                reply.complete(GRPCResponse(message: call.message))
            }
        case "/test.Echo/Never": held.withLock { $0.grpc.append(reply) }
        case "/test.Echo/Drop": break
        case "/test.Echo/Fail":
            reply.fail(GRPCStatus(.failedPrecondition, "nonce 3 is below 5: café"))
        case "/test.Echo/Metadata": reply.complete(Self.metadata(of: call))
        case "/test.Echo/Deadline":
            let now = DispatchTime.now().uptimeNanoseconds
            let left = call.deadlineNanoseconds.map { Int64($0) - Int64(now) } ?? -1
            reply.complete(GRPCResponse(message: Array(String(left).utf8)))
        default: reply.fail(GRPCStatus(.unimplemented, "unknown method"))
        }
    }

    private func answerLater(_ request: HTTPRequest, _ reply: HTTPReply) {
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.number(request.query))) {
            reply.complete(Self.text("later"))
        }
    }

    private static func text(_ text: String) -> HTTPResponse {
        HTTPResponse(status: 200, contentType: "text/plain", body: Array(text.utf8))
    }

    private static func number(_ query: Substring?) -> Int {
        query.flatMap { Int($0) } ?? 0
    }

    private static func large(_ byteCount: Int) -> HTTPResponse {
        let piece = [UInt8](0..<251)
        var body: [UInt8] = []
        body.reserveCapacity(byteCount + piece.count)
        while body.count < byteCount { body += piece }
        body.removeLast(body.count - byteCount)
        return HTTPResponse(status: 200, contentType: "application/octet-stream", body: body)
    }

    /// A response that tries to write its own framing.
    private static var evil: HTTPResponse {
        var response = text("body")
        response.headers.append("x-split", "a\r\nset-cookie: b")
        response.headers.append("content-length", "9999")
        response.headers.append("transfer-encoding", "chunked")
        response.headers.append("x-fine", "yes")
        return response
    }

    private static func description(of request: HTTPRequest) -> String {
        let fields = request.headers.fields.filter { $0.name.hasPrefix("x-") || $0.name == "host" }
            .map { "\($0.name)=\($0.value)" }
        return
            "\(request.method) \(request.target) \(request.version) \(request.body.count) "
            + "\(request.remoteAddress.host) " + fields.joined(separator: ",")
    }

    private static func metadata(of call: GRPCRequest) -> GRPCResponse {
        let sent = call.metadata.text("x-tag") ?? "none"
        return GRPCResponse(
            message: Array(sent.utf8), trailers: ["x-tag-back": sent, "grpc-status": "7"])
    }
}
