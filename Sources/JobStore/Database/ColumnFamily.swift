/// The column families of DESIGN.md section 5; the raw value is the index of the handle. RocksDB
/// insists on one called `default`, which stays empty.
enum ColumnFamily: Int, CaseIterable, Sendable {
    case none
    case programs
    case jobs
    case nonces
    case queue
    case outbox
    case chain
    case meta

    var name: String {
        switch self {
        case .none: "default"
        case .programs: "programs"
        case .jobs: "jobs"
        case .nonces: "nonces"
        case .queue: "queue"
        case .outbox: "outbox"
        case .chain: "chain"
        case .meta: "meta"
        }
    }

    /// Whether values may be megabytes and are kept out of the sorted tables.
    var hasLargeValues: Bool {
        switch self {
        case .programs, .jobs, .outbox: true
        case .none, .nonces, .queue, .chain, .meta: false
        }
    }
}
