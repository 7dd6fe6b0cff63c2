import Bytes

/// The ordered jobs of each consumer that are not relayed or failed yet. Only the posting with the
/// smallest nonce of them may start.
struct OrderedLanes {
    private struct Lane {
        /// Nonces of jobs that are not over, ascending.
        var nonces: [UInt64] = []
        /// Postings that wait for smaller nonces.
        var waiting: [UInt64: JobID] = [:]
    }

    private var lanes: [Address: Lane] = [:]

    /// Adds a job, whether or not its posting exists yet.
    mutating func add(_ nonce: UInt64, of consumer: Address) {
        let nonces = lanes[consumer, default: Lane()].nonces
        let index = Self.position(of: nonce, in: nonces)
        guard index == nonces.count || nonces[index] != nonce else { return }
        lanes[consumer, default: Lane()].nonces.insert(nonce, at: index)
    }

    /// Whether no job of `consumer` with a smaller nonce is open.
    func isFirst(_ nonce: UInt64, of consumer: Address) -> Bool {
        lanes[consumer]?.nonces.first.map { nonce <= $0 } ?? true
    }

    /// Notes that the posting of `jobID` can go on as soon as it is the first.
    mutating func wait(_ jobID: JobID, nonce: UInt64, of consumer: Address) {
        lanes[consumer, default: Lane()].waiting[nonce] = jobID
    }

    /// Takes out a job that is over; returns the posting that may start now.
    mutating func remove(_ nonce: UInt64, of consumer: Address) -> JobID? {
        guard var lane = lanes[consumer] else { return nil }
        let index = Self.position(of: nonce, in: lane.nonces)
        if index < lane.nonces.count, lane.nonces[index] == nonce {
            lane.nonces.remove(at: index)
        }
        lane.waiting[nonce] = nil
        let next = lane.nonces.first.flatMap { lane.waiting.removeValue(forKey: $0) }
        lanes[consumer] = lane.nonces.isEmpty ? nil : lane
        return next
    }

    /// The index of the first nonce that is not smaller.
    private static func position(of nonce: UInt64, in nonces: [UInt64]) -> Int {
        var low = 0
        var high = nonces.count
        while low < high {
            let middle = (low + high) / 2
            if nonces[middle] < nonce { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
