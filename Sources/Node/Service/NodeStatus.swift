internal import JobStore
internal import NodeAPI
internal import Synchronization

/// What keeps the node from its work, collected from its parts. Safe from any thread.
final class NodeStatus: Sendable {
    /// The parts that can be an obstacle.
    enum Part: String, Sendable, CaseIterable {
        case start, store, shutdown
    }

    private let obstacles = Mutex<[Part: String]>([.start: "the node is starting"])

    init() {}

    /// Sets, or with nil clears, the obstacle of one part.
    func set(_ part: Part, _ obstacle: String?) {
        obstacles.withLock { $0[part] = obstacle }
    }

    /// Takes note of an error of the store: after some of them only a restart helps.
    func noteError(_ error: JobStoreError) {
        switch error {
        case .failed, .inputOutput, .corrupted: set(.store, error.description)
        case .cannotOpen, .locked, .untrusted, .closed, .overloaded, .tooManyPrograms: break
        }
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
