import HTTP2

/// What a connection knows about its surroundings; the same for its whole life.
struct ConnectionSettings: Sendable {
    /// Who answers.
    let service: ServiceDispatcher

    /// Who asks.
    let remoteAddress: RemoteAddress

    /// The kind of listener the connection came in through.
    let listener: ListenerKind

    /// The bounds, shared by all connections of the server.
    let shared: SharedLimits

    var limits: NetworkLimits { shared.limits }
    var bodyBudget: BodyBudget { shared.bodyBudget }
}

/// The bounds and what has been used of those that all connections share.
final class SharedLimits: Sendable {
    let limits: NetworkLimits
    let http2Limits: HTTP2Limits
    let deliveryRules: DeliveryRules
    let bodyBudget: BodyBudget
    let census: ConnectionCensus

    init(_ limits: NetworkLimits, service: ServiceDispatcher) {
        self.limits = limits
        http2Limits = HTTP2Limits(limits, service: service)
        deliveryRules = DeliveryRules(service: service)
        bodyBudget = BodyBudget(byteCountMax: limits.bodyBytesInFlightMax)
        census = ConnectionCensus(
            totalMax: limits.connectionsMax, eachMax: limits.connectionsPerAddressMax)
    }
}
