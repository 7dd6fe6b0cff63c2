internal import Bytes

/// The jobs that wait for an executor: first come, first served within a consumer, and in turn
/// between consumers, so that one with many jobs does not starve the others.
struct ReadyQueue: Sendable {
    private var lines: [Address: FirstInFirstOut<JobID>] = [:]
    /// The consumers that have jobs waiting, the next one to serve first.
    private var turns = FirstInFirstOut<Address>()

    private(set) var count = 0

    mutating func append(_ job: JobID, of consumer: Address) {
        if lines[consumer] == nil {
            turns.append(consumer)
        }
        lines[consumer, default: FirstInFirstOut()].append(job)
        count += 1
    }

    mutating func popFirst() -> JobID? {
        guard let consumer = turns.popFirst(), let job = lines[consumer]?.popFirst() else {
            return nil
        }
        count -= 1
        if lines[consumer]?.isEmpty ?? true {
            lines[consumer] = nil
        } else {
            turns.append(consumer)
        }
        return job
    }

    /// Takes out a job that is not to run; O(number of the consumer's waiting jobs).
    mutating func remove(_ job: JobID, of consumer: Address) {
        guard lines[consumer]?.removeFirst(where: { $0 == job }) ?? false else { return }
        count -= 1
        if lines[consumer]?.isEmpty ?? true {
            lines[consumer] = nil
            turns.removeFirst { $0 == consumer }
        }
    }
}
