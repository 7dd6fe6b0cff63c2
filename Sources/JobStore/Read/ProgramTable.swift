internal import Bytes
internal import JobEngine
internal import Synchronization

/// The records of all programs. Written by the committer after each commit, read by any thread.
final class ProgramTable: Sendable {
    private let records = Mutex<[ProgramID: ProgramRecord]>([:])

    var count: Int { records.withLock { $0.count } }

    /// All of them, in the order of their ids.
    var all: [ProgramRecord] { records.withLock { $0.values.sorted { $0.id < $1.id } } }

    func record(_ id: ProgramID) -> ProgramRecord? {
        records.withLock { $0[id] }
    }

    func insert(_ record: ProgramRecord) {
        records.withLock { $0[record.id] = record }
    }
}
