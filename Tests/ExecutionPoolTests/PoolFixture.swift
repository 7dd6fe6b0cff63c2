import Bytes
import ExecutionPool
import Foundation
import GuestRuntime
import Logging
import Synchronization
import Testing

/// A running pool with what tests ask of it.
final class PoolFixture: Sendable {
    let pool: ExecutionPool

    /// A pool whose executors are the probe in this mode, or threads of this process.
    init(
        mode: String? = "executor", executorCount: Int = 2,
        _ configure: (inout ExecutionPoolConfiguration) -> Void = { _ in },
        programs: @escaping ProgramSource = TestPrograms.find
    ) throws {
        var configuration = ExecutionPoolConfiguration(executorCount: executorCount)
        configuration.executors = mode.map(Self.probe) ?? .inProcess
        configure(&configuration)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        pool = try ExecutionPool(
            configuration: configuration, logger: logger, programs: programs)
        try pool.start()
    }

    /// The probe stands beside the test bundle.
    static let probePath = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("ExecutorProbe").path

    static func probe(_ mode: String) -> ExecutionPoolConfiguration.Executors {
        .processes(executable: probePath, arguments: ["ExecutorProbe", mode, "--fd", "3"])
    }

    /// Runs a request to its end.
    func outcome(of request: ExecutionRequest) async throws -> ExecutionOutcome {
        try await submit(request).outcome
    }

    /// Submits a request; its outcome can be waited for.
    func submit(_ request: ExecutionRequest) throws -> Submission {
        let submission = Submission()
        submission.ticket = try pool.submit(
            request, started: { submission.hasStarted.finish(true) },
            completion: { submission.result.finish($0) })
        return submission
    }
}

/// A request on its way.
final class Submission: Sendable {
    let hasStarted = Promise<Bool>()
    let result = Promise<ExecutionOutcome>()
    private let heldTicket = Mutex<ExecutionTicket?>(nil)

    var ticket: ExecutionTicket? {
        get { heldTicket.withLock { $0 } }
        set { heldTicket.withLock { $0 = newValue } }
    }

    var outcome: ExecutionOutcome { get async { await result.value } }

    /// Waits until an executor has it.
    func started() async { _ = await hasStarted.value }
}

/// A value that comes once.
final class Promise<Value: Sendable>: Sendable {
    private enum State {
        case waiting([CheckedContinuation<Value, Never>])
        case finished(Value)
    }

    private let state = Mutex(State.waiting([]))

    /// A second value is a failure of the test.
    func finish(_ value: Value) {
        let waiters: [CheckedContinuation<Value, Never>]? = state.withLock { state in
            guard case .waiting(let waiters) = state else { return nil }
            state = .finished(value)
            return waiters
        }
        guard let waiters else {
            Issue.record("completed twice")
            return
        }
        for waiter in waiters { waiter.resume(returning: value) }
    }

    var value: Value {
        get async {
            await withCheckedContinuation { continuation in
                let value: Value? = state.withLock { state in
                    switch state {
                    case .finished(let value): return value
                    case .waiting(let waiters):
                        state = .waiting(waiters + [continuation])
                        return nil
                    }
                }
                if let value { continuation.resume(returning: value) }
            }
        }
    }

    /// Whether the value has come.
    var isFinished: Bool {
        state.withLock { state in
            if case .finished = state { true } else { false }
        }
    }
}

extension ExecutionRequest {
    /// A run of the program that echoes.
    static func echo(
        _ bytes: [UInt8], program: ProgramID = TestPrograms.echoID, consumer: UInt8 = 0
    ) -> ExecutionRequest {
        .dryRun(
            of: .numbered(consumer), program: program, input: .buffer(bytes), maxCycles: 1_000_000)
    }

    /// A job that never ends.
    static func endless(_ number: UInt64, consumer: UInt8 = 0) -> ExecutionRequest {
        .job(
            .numbered(number), of: .numbered(consumer), program: TestPrograms.endlessID,
            input: .buffer([]), maxCycles: .max)
    }
}

extension GuestInput {
    static func buffer(_ bytes: [UInt8]) -> GuestInput {
        GuestInput(buffers: [bytes], stdin: [], randomSeed: .zero)
    }
}

extension JobID {
    static func numbered(_ number: UInt64) -> JobID { JobID(Hash32(words: 0, 0, 0, number)) }
}

extension Address {
    static func numbered(_ number: UInt8) -> Address {
        Address([UInt8](repeating: number, count: 20)) ?? .zero
    }
}

extension ExecutionOutcome {
    /// What the guest committed; nil when it didn't end well.
    var output: [UInt8]? {
        guard case .finished(let outcome) = self, case .succeeded = outcome.status else {
            return nil
        }
        return outcome.output
    }

    /// Why the request was not carried out; nil when it was.
    var failure: ExecutionFailure? {
        guard case .failed(let failure) = self else { return nil }
        return failure
    }
}
