import HTTP2

extension HTTP2Limits {
    /// A gRPC message is five bytes shorter than its body. The machine counts bodies, so it lets these five
    /// through; the connection looks again when it knows which of the two it is.
    private static let framingByteCount = 5

    /// The machine's bounds from the server's and the service's.
    init(_ limits: NetworkLimits, service: ServiceDispatcher) {
        self.init()
        concurrentStreamCountMax = limits.streamsPerConnectionMax
        headerListByteCountMax = limits.headerListByteCountMax
        bodyByteCountMax = Self.bodyByteCountMax("/", service)
        handshakeTimeout = UInt64(limits.handshakeSeconds) * 1_000_000_000
        settingsAckTimeout = handshakeTimeout
        idleTimeout = UInt64(limits.idleSeconds) * 1_000_000_000
        requestTimeout = UInt64(limits.streamUploadSeconds) * 1_000_000_000
    }

    /// What the service allows at a path, over REST or gRPC.
    static func bodyByteCountMax(_ path: String, _ service: ServiceDispatcher) -> Int {
        let body = service.bodyByteCountMax(method: "POST", target: path)
        return max(body, service.messageByteCountMax(path: path)) + framingByteCount
    }
}

extension DeliveryRules {
    /// The service's exceptions.
    init(service: ServiceDispatcher) {
        self.init(
            bodyLimits: service.pathsWithOwnLimits.map { path in
                (path, HTTP2Limits.bodyByteCountMax(path, service))
            })
    }
}
