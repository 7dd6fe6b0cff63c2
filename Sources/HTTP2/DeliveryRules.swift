/// How bodies reach the driver.
package enum BodyDelivery: Sendable {
    /// Collected up to a limit; one event for each message.
    case whole

    /// One event for each piece, with back-pressure through the window.
    case incremental
}

/// Which requests are delivered how, and how large they may be. Paths are compared byte for byte, without
/// their query; a handful of exceptions at most, as each request looks through them.
package struct DeliveryRules: Sendable {
    /// The delivery of all messages but those named below.
    package let standard: BodyDelivery

    /// Request paths that are delivered incrementally: calls whose client waits for an answer before it
    /// sends on.
    package let incrementalPaths: [[UInt8]]

    /// Request paths with a limit of their own in place of `HTTP2Limits.bodyByteCountMax`.
    package let bodyLimits: [(path: [UInt8], byteCountMax: Int)]

    /// Rules with these exceptions.
    package init(
        standard: BodyDelivery = .whole, incrementalPaths: [String] = [],
        bodyLimits: [(path: String, byteCountMax: Int)] = []
    ) {
        self.standard = standard
        self.incrementalPaths = incrementalPaths.map { Array($0.utf8) }
        self.bodyLimits = bodyLimits.map { (Array($0.path.utf8), $0.byteCountMax) }
    }

    func delivery(of head: HTTP2Head) -> BodyDelivery {
        if standard == .incremental || incrementalPaths.isEmpty { return standard }
        let path = head.path.prefix { $0 != UInt8(ascii: "?") }
        for candidate in incrementalPaths where path.elementsEqual(candidate) {
            return .incremental
        }
        return .whole
    }

    func bodyByteCountMax(of head: HTTP2Head, standard: Int) -> Int {
        if bodyLimits.isEmpty { return standard }
        let path = head.path.prefix { $0 != UInt8(ascii: "?") }
        for candidate in bodyLimits where path.elementsEqual(candidate.path) {
            return candidate.byteCountMax
        }
        return standard
    }
}
