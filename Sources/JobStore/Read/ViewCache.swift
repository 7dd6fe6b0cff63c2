internal import Bytes
internal import JobEngine
internal import Synchronization

/// Views of recent jobs in bounded memory. The committer keeps them exact: after each commit it
/// puts new views in, changes those that are here, and spoils loads that are under way.
final class ViewCache: Sendable {
    /// Sixteen, so that readers rarely meet.
    private static let shardCount = 16

    private let shards: [Shard]

    init(byteCountMax: Int) {
        shards = (0..<Self.shardCount).map { _ in
            Shard(byteCountMax: byteCountMax / Self.shardCount)
        }
    }

    /// The view, if it is here.
    func view(_ id: JobID) -> JobView? {
        shard(id).state.withLock { $0.view(id) }
    }

    /// The view, if it is here; otherwise notes that the caller is about to read it from disk.
    func viewOrBeginLoad(_ id: JobID) -> (view: JobView?, load: UInt64) {
        shard(id).state.withLock { state in
            if let view = state.view(id) { return (view, 0) }
            return (nil, state.beginLoad(id))
        }
    }

    /// Keeps what a load found, unless the job changed meanwhile; nil when it found nothing.
    func endLoad(_ load: UInt64, of id: JobID, _ view: JobView?) {
        shard(id).state.withLock { $0.endLoad(load, of: id, view) }
    }

    /// A new job was committed.
    func insert(_ view: JobView) {
        shard(view.id).state.withLock { state in
            state.spoilLoads(of: view.id)
            state.insert(view)
        }
    }

    /// A change was committed.
    func update(_ record: JobRecord, output: JobOutput?) {
        shard(record.id).state.withLock { state in
            state.spoilLoads(of: record.id)
            if let view = state.view(record.id) {
                state.insert(view.updated(record, output: output))
            }
        }
    }

    private func shard(_ id: JobID) -> Shard {
        shards[Int(truncatingIfNeeded: id.hash.word0 & UInt64(Self.shardCount - 1))]
    }

    private final class Shard: Sendable {
        let state: Mutex<State>

        init(byteCountMax: Int) {
            state = Mutex(State(byteCountMax: byteCountMax))
        }
    }

    /// Two generations: when the younger is full it becomes the older, and the older is dropped. A
    /// view that is asked for moves to the younger.
    private struct State {
        private let generationByteCountMax: Int
        private var young: [JobID: JobView] = [:]
        private var old: [JobID: JobView] = [:]
        private var youngByteCount = 0
        /// The load under way for a job; a newer one replaces it.
        private var loads: [JobID: UInt64] = [:]
        private var lastLoad: UInt64 = 0

        init(byteCountMax: Int) {
            generationByteCountMax = byteCountMax / 2
        }

        mutating func view(_ id: JobID) -> JobView? {
            if let view = young[id] { return view }
            guard let view = old.removeValue(forKey: id) else { return nil }
            insert(view)
            return view
        }

        mutating func insert(_ view: JobView) {
            let byteCount = view.byteCount
            old[view.id] = nil
            if let replaced = young.removeValue(forKey: view.id) {
                youngByteCount -= replaced.byteCount
            }
            // A view as large as a generation is not kept.
            guard byteCount <= generationByteCountMax else { return }
            if youngByteCount + byteCount > generationByteCountMax {
                old = young
                young = [:]
                youngByteCount = 0
            }
            young[view.id] = view
            youngByteCount += byteCount
        }

        mutating func beginLoad(_ id: JobID) -> UInt64 {
            lastLoad += 1
            loads[id] = lastLoad
            return lastLoad
        }

        mutating func endLoad(_ load: UInt64, of id: JobID, _ view: JobView?) {
            guard loads[id] == load else { return }
            loads[id] = nil
            if let view { insert(view) }
        }

        mutating func spoilLoads(of id: JobID) {
            loads[id] = nil
        }
    }
}
