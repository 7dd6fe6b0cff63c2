internal import Bytes
internal import JobEngine
internal import Synchronization

/// The nonces of each consumer whose jobs have not ended, in rising order. Written by the committer
/// after each commit, read by any thread.
final class PendingIndex: Sendable {
    private let lines = Mutex<[Address: [UInt64]]>([:])

    func nonces(of consumer: Address) -> [UInt64] {
        lines.withLock { $0[consumer] ?? [] }
    }

    /// Takes in jobs as they are after a change.
    func update(_ records: [JobRecord]) {
        guard !records.isEmpty else { return }
        lines.withLock { lines in
            for record in records {
                if record.isSettled {
                    Self.remove(record, from: &lines)
                } else {
                    Self.insert(record, into: &lines)
                }
            }
        }
    }

    private static func insert(_ record: JobRecord, into lines: inout [Address: [UInt64]]) {
        let index = position(of: record.nonce, in: lines[record.consumer] ?? [])
        if let line = lines[record.consumer], index < line.count, line[index] == record.nonce {
            return
        }
        lines[record.consumer, default: []].insert(record.nonce, at: index)
    }

    private static func remove(_ record: JobRecord, from lines: inout [Address: [UInt64]]) {
        guard let line = lines[record.consumer] else { return }
        let index = position(of: record.nonce, in: line)
        guard index < line.count, line[index] == record.nonce else { return }
        if line.count == 1 {
            lines[record.consumer] = nil
        } else {
            lines[record.consumer]?.remove(at: index)
        }
    }

    /// The first place whose nonce is not smaller; binary search.
    private static func position(of nonce: UInt64, in line: [UInt64]) -> Int {
        var low = 0
        var high = line.count
        while low < high {
            let middle = (low + high) / 2
            if line[middle] < nonce { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
