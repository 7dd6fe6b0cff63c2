/// The service as the connections see it. Abstract, with one generic subclass: generic code of another
/// module's type is not specialised, so everything that is hot stays out of generics, and a call costs one
/// look into a class's method table.
class ServiceDispatcher: @unchecked Sendable {
    // `@unchecked Sendable`: there is no state here, and the subclass's is immutable and `Sendable`.

    var pathsWithOwnLimits: [String] { [] }

    func bodyByteCountMax(method: String, target: String) -> Int {
        preconditionFailure("the subclass asks the service")
    }

    func messageByteCountMax(path: String) -> Int {
        preconditionFailure("the subclass asks the service")
    }

    func handle(_ request: HTTPRequest, reply: HTTPReply) {
        preconditionFailure("the subclass asks the service")
    }

    func handle(_ call: GRPCRequest, reply: GRPCReply) {
        preconditionFailure("the subclass asks the service")
    }
}

/// Hands everything to `Service`.
final class TypedServiceDispatcher<Service: NetworkService>: ServiceDispatcher, @unchecked Sendable
{
    // `@unchecked Sendable` as the superclass: one immutable `Sendable` property.
    private let service: Service

    init(_ service: Service) {
        self.service = service
    }

    override var pathsWithOwnLimits: [String] { service.pathsWithOwnLimits }

    override func bodyByteCountMax(method: String, target: String) -> Int {
        service.bodyByteCountMax(method: method, target: target)
    }

    override func messageByteCountMax(path: String) -> Int {
        service.messageByteCountMax(path: path)
    }

    override func handle(_ request: HTTPRequest, reply: HTTPReply) {
        service.handle(request, reply: reply)
    }

    override func handle(_ call: GRPCRequest, reply: GRPCReply) {
        service.handle(call, reply: reply)
    }
}
