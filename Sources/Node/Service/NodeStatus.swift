internal import NodeAPI
internal import Synchronization

/// What keeps the node from its work, collected from its parts. Safe from any thread.
final class NodeStatus: Sendable {
    /// The parts that can be an obstacle.
    enum Part: String, Sendable, CaseIterable {
        case start, store, executors, shutdown
    }

    private let obstacles = Mutex<[Part: String]>([.start: "the node is starting"])

    init() {}

    /// Sets, or with nil clears, the obstacle of one part.
    func set(_ part: Part, _ obstacle: String?) {
        obstacles.withLock { $0[part] = obstacle }
    }

    /// For the health endpoints. A store that failed is the one thing that only a restart mends.
    var report: HealthReport {
        obstacles.withLock { obstacles in
            HealthReport(
                isAlive: obstacles[.store] == nil,
                obstacles: Part.allCases.compactMap { obstacles[$0] })
        }
    }
}
