internal import Bytes

/// When the results of ordered jobs may be posted (DESIGN.md section 4, RelayStrategy).
///
/// The ordered jobs of a consumer that have not ended stand in a line by nonce. Only the head may
/// be posted, once it is done; when it ends, whichever way, the next one is the head. A missing
/// nonce holds nobody up: nonces need not be consecutive. What was released fixes the floor: a
/// smaller nonce can no longer be posted in order and is refused (NONCE_TOO_LOW).
struct RelayOrder: Sendable {
    private struct Entry: Sendable {
        let nonce: UInt64
        let job: JobID
        var isDone = false
        var isReleased = false
    }

    private var lines: [Address: [Entry]] = [:]

    mutating func insert(_ job: JobID, of consumer: Address, nonce: UInt64) {
        let index = position(of: nonce, in: lines[consumer] ?? [])
        lines[consumer, default: []].insert(Entry(nonce: nonce, job: job), at: index)
    }

    /// The job has its result; the answer is the job to post now, if there is one.
    mutating func jobDone(of consumer: Address, nonce: UInt64) -> JobID? {
        guard let index = index(of: nonce, of: consumer) else { return nil }
        lines[consumer]?[index].isDone = true
        return releaseHead(of: consumer)
    }

    /// The job has ended, whichever way; the answer is the job to post now, if there is one.
    mutating func jobEnded(of consumer: Address, nonce: UInt64) -> JobID? {
        guard let index = index(of: nonce, of: consumer) else { return nil }
        lines[consumer]?.remove(at: index)
        if lines[consumer]?.isEmpty ?? true {
            lines[consumer] = nil
            return nil
        }
        return releaseHead(of: consumer)
    }

    private mutating func releaseHead(of consumer: Address) -> JobID? {
        guard let head = lines[consumer]?.first, head.isDone, !head.isReleased else { return nil }
        lines[consumer]?[0].isReleased = true
        return head.job
    }

    private func index(of nonce: UInt64, of consumer: Address) -> Int? {
        guard let line = lines[consumer] else { return nil }
        let index = position(of: nonce, in: line)
        return index < line.count && line[index].nonce == nonce ? index : nil
    }

    /// The first place whose nonce is not smaller; binary search.
    private func position(of nonce: UInt64, in line: [Entry]) -> Int {
        var low = 0
        var high = line.count
        while low < high {
            let middle = (low + high) / 2
            if line[middle].nonce < nonce { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
