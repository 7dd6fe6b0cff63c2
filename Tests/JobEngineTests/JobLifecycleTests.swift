import Bytes
import JobEngine
import Testing

/// Every status against every event, with every condition that can matter: the table below is
/// DESIGN.md section 4 written down a second time.
struct JobLifecycleTests {
    enum Expected: Equatable {
        case to(JobStatus)
        case refused(TransitionError)
    }

    static let failure = JobFailure(.program, message: "trap at 0x1000 after 7 cycles")
    static let events: [(name: String, event: JobEvent)] = [
        ("started", .started), ("interrupted", .interrupted), ("nodeRestarted", .nodeRestarted),
        ("succeeded", .succeeded(cycles: 7, isPosted: true)),
        ("failed", .failed(failure, cycles: 7)), ("cancelled", .cancelled),
        ("deadlinePassed", .deadlinePassed),
        ("relayAdvanced", .relayAdvanced(transaction: .zero, failures: 2)),
        ("relayConfirmed", .relayConfirmed(transaction: nil)),
        ("relayRefused", .relayRefused(failure)), ("relayReorganised", .relayReorganised),
    ]

    /// What is allowed; everything that is not here is refused.
    static let allowed: [JobStatus: [String: JobStatus]] = [
        .pending: [
            "started": .running, "failed": .failed, "cancelled": .cancelled,
            "deadlinePassed": .expired,
        ],
        .running: [
            "succeeded": .done, "failed": .failed, "cancelled": .cancelled,
            "deadlinePassed": .expired, "interrupted": .pending, "nodeRestarted": .pending,
        ],
        .done: ["relayAdvanced": .done, "relayConfirmed": .relayed, "relayRefused": .failed],
        .relayed: ["relayReorganised": .done],
        .failed: [:], .cancelled: [:], .expired: [:],
    ]

    private func expected(
        _ name: String, _ condition: JobLifecycle.Condition
    ) throws -> Expected {
        let status = condition.status
        guard let next = try #require(Self.allowed[status])[name] else {
            return .refused(status.isTerminal ? .jobHasEnded(status) : .notInState(status))
        }
        if next == .expired, !condition.isOverdue { return .refused(.deadlineNotReached) }
        if status == .done, !condition.isPosted { return .refused(.notPosted) }
        if name == "interrupted", condition.isInterruptedTooOften { return .to(.failed) }
        return .to(next)
    }

    @Test func everyStatusMeetsEveryEvent() throws {
        var count = 0
        for status in JobStatus.allCases {
            for bits in 0..<8 {
                let condition = JobLifecycle.Condition(
                    status: status, isPosted: bits & 1 != 0, isOverdue: bits & 2 != 0,
                    isInterruptedTooOften: bits & 4 != 0)
                for (name, event) in Self.events {
                    let actual: Expected
                    do throws(TransitionError) {
                        actual = .to(try JobLifecycle.status(after: event, in: condition))
                    } catch {
                        actual = .refused(error)
                    }
                    #expect(
                        try actual == expected(name, condition), "\(name) in \(condition)")
                    count += 1
                }
            }
        }
        #expect(count == 7 * 8 * 11)
    }

    @Test func terminalStatesChangeOnlyByAReorganisation() {
        for status in JobStatus.allCases where status.isTerminal {
            for (name, event) in Self.events {
                let next = try? JobLifecycle.status(
                    after: event,
                    in: .init(status: status, isPosted: true, isOverdue: true))
                #expect(next == (status == .relayed && name == "relayReorganised" ? .done : nil))
            }
        }
    }

    @Test func aRefusedEventChangesNothing() throws {
        let fresh = try SampleJobs.record()
        var record = fresh
        #expect(throws: TransitionError.notInState(.pending)) {
            try record.apply(
                .succeeded(cycles: 1, isPosted: true), at: 5, interruptionCountMax: 3)
        }
        #expect(record == fresh)
        #expect(throws: TransitionError.deadlineNotReached) {
            try record.apply(.deadlinePassed, at: .max, interruptionCountMax: 3)
        }
        #expect(record == fresh)
    }

    @Test func interruptionsAreCountedAndEndInFailure() throws {
        var record = try SampleJobs.record()
        for round in 1...3 as ClosedRange<UInt32> {
            try record.apply(.started, at: 2, interruptionCountMax: 3)
            try record.apply(.interrupted, at: 3, interruptionCountMax: 3)
            #expect(record.status == .pending)
            #expect(record.interruptions == round)
            #expect(record.retries == round)
        }
        try record.apply(.started, at: 4, interruptionCountMax: 3)
        try record.apply(.interrupted, at: 5, interruptionCountMax: 3)
        #expect(record.status == .failed)
        #expect(record.failure?.cause == .interrupted)
    }

    @Test func restartsOfTheNodeAreNotTheJobsFault() throws {
        var record = try SampleJobs.record()
        for _ in 0..<100 {
            try record.apply(.started, at: 2, interruptionCountMax: 0)
            try record.apply(.nodeRestarted, at: 3, interruptionCountMax: 0)
        }
        #expect(record.status == .pending)
        #expect(record.retries == 0)
    }

    @Test func aDeadlineIsReachedAtItsMillisecond() throws {
        var record = try SampleJobs.record(at: 1_000, expiresAt: 1_500)
        #expect(throws: TransitionError.deadlineNotReached) {
            try record.apply(.deadlinePassed, at: 1_499, interruptionCountMax: 3)
        }
        try record.apply(.deadlinePassed, at: 1_500, interruptionCountMax: 3)
        #expect(record.status == .expired)
        #expect(record.statusChangedAt == 1_500)
    }

    @Test func longFailureMessagesAreCutAtACharacter() {
        let long = String(repeating: "é", count: 600)
        let message = JobFailure(.program, message: "x" + long).message
        #expect(message.utf8.count == 1_023)
        #expect(JobFailure(.program, message: long).message.utf8.count == 1_024)
        #expect(JobFailure(.program, message: "short").message == "short")
    }
}
