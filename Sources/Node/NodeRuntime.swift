internal import EthCrypto
internal import Glibc
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Runs a node from its configuration until it is told to stop.
package enum NodeRuntime {
    /// Starts the node, waits for SIGTERM or SIGINT, and stops it in order. Throws when it cannot start,
    /// and when a part without which it cannot go on fails.
    package static func run(_ configuration: NodeConfiguration) async throws {
        let settings = configuration.log
        let logger = Logger(label: "tandem") { label in
            StandardErrorLogHandler(label: label, settings: settings)
        }
        // A peer that goes away is an error of one write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        DescriptorLimit.raise()
        let node = try await RunningNode.start(configuration, logger: logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: node)],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
