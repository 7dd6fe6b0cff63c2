internal import Bytes
internal import EthCrypto
internal import ExecutionPool
internal import GuestRuntime
internal import JobEngine
internal import JobStore
internal import Logging
internal import Synchronization

/// Takes jobs out of the store's line, has them executed, signs what comes out and hands it back to the
/// store: PENDING to DONE or FAILED. Safe from any thread.
final class JobDispatcher: Sendable {
    private let store: JobStore
    private let pool: ExecutionPool
    private let signer: ResultSigner
    private let poster: PosterBridge?
    private let workers: ReadWorkers
    private let metrics: NodeMetrics
    private let status: NodeStatus
    private let logger: Logger
    private let window: Mutex<ClaimWindow>

    init(
        store: JobStore, pool: ExecutionPool, signer: ResultSigner, poster: PosterBridge?,
        claimCountMax: Int, metrics: NodeMetrics, status: NodeStatus, logger: Logger
    ) {
        self.store = store
        self.pool = pool
        self.signer = signer
        self.poster = poster
        self.metrics = metrics
        self.status = status
        self.logger = logger
        // Room for every claimed job, so that reads of clients cannot push one out; twice, as a place is
        // given back a moment after the job went on.
        workers = ReadWorkers(threadCount: 1, waitingCountMax: 2 * claimCountMax)
        window = Mutex(ClaimWindow(countMax: claimCountMax))
    }

    /// There may be jobs in the store's line.
    func jobsMayWait() {
        claim(window.withLock { $0.jobsMayWait() })
    }

    /// The job was taken back: whatever executes it stops.
    func jobCancelled(_ id: JobID) {
        pool.cancel(id)
    }

    private func claim(_ countMax: Int?) {
        guard let countMax else { return }
        store.claim(countMax: countMax) { [self] result in
            var records: [JobRecord] = []
            switch result {
            case .success(let claimed): records = claimed
            case .failure(let error):
                status.noteError(error)
                logger.error("no jobs could be taken from the store", error: error)
            }
            let more = window.withLock { $0.claimed(records.count, of: countMax) }
            // Inputs are on the disk, which the committer's thread must not wait for.
            for record in records { prepare(record) }
            claim(more)
        }
    }

    private func prepare(_ record: JobRecord) {
        let isTaken = workers.run { [self] in
            do throws(JobStoreError) {
                try execute(record)
            } catch {
                logger.error("the inputs of a job cannot be read", record.id, error: error)
                let failure = JobFailure(.programUnusable, message: "\(error)")
                finish(record, .failed(failure, cycles: 0))
            }
        }
        guard isTaken else { return finish(record, .interrupted) }
    }

    /// Called on a worker.
    private func execute(_ record: JobRecord) throws(JobStoreError) {
        guard let view = try store.job(record.id), let program = store.program(record.programID),
            let vm = GuestVM(rawValue: program.vm)
        else {
            let failure = JobFailure(.programUnusable, message: "the program cannot be found")
            return finish(record, .failed(failure, cycles: 0))
        }
        let inputs = try store.inputs(of: record.id)
        let input = GuestInput.job(
            vm: vm, onchainInput: view.onchainInput, offchainInput: inputs.offchainInput,
            state: record.stateHash == nil ? nil : inputs.state, randomSeed: record.id.hash)
        let request = ExecutionRequest.job(
            record.id, of: record.consumer, program: record.programID, input: input,
            maxCycles: record.maxCycles)
        let clock = RunClock(metrics: metrics)
        do throws(ExecutionPoolError) {
            try pool.submit(request, started: { clock.started() }) { [self] outcome in
                clock.ended()
                executed(record, view, outcome)
            }
        } catch {
            logger.warning("a job could not be given to an executor", record.id, error: error)
            finish(record, .interrupted)
        }
    }

    private func executed(_ record: JobRecord, _ view: JobView, _ outcome: ExecutionOutcome) {
        switch outcome {
        case .finished(let guest):
            metrics.cyclesExecuted.add(guest.cycles)
            finish(record, signed(view, guest))
        case .failed(let failure):
            finish(record, Self.outcome(of: failure))
        case .programRefused(let reason):
            finish(record, .failed(JobFailure(.programUnusable, message: reason), cycles: 0))
        case .programAccepted:
            finish(record, .interrupted)
        }
    }

    private func signed(_ view: JobView, _ guest: GuestOutcome) -> JobOutcome {
        if case .failed(let failure) = guest.status {
            return .failed(
                JobFailure(.program, message: failure.description), cycles: guest.cycles)
        }
        let start = Timestamp.monotonicNanoseconds()
        let (output, posting) = signer.sign(guest.output, of: view)
        metrics.record(.sign, nanoseconds: Timestamp.monotonicNanoseconds() - start)
        return .succeeded(output, cycles: guest.cycles, posting: posting)
    }

    private static func outcome(of failure: ExecutionFailure) -> JobOutcome {
        let message = failure.description
        switch failure {
        case .executorCrashed:
            return .failed(JobFailure(.executorCrashed, message: message), cycles: 0)
        case .wallClockExceeded:
            return .failed(JobFailure(.executorTimedOut, message: message), cycles: 0)
        case .programUnknown, .requestTooLarge:
            return .failed(JobFailure(.programUnusable, message: message), cycles: 0)
        // A cancelled job has left RUNNING already, and the store refuses this; a job that the node's
        // own shutdown stopped runs again.
        case .cancelled, .shutDown:
            return .interrupted
        }
    }

    private func finish(_ record: JobRecord, _ outcome: JobOutcome) {
        let start = Timestamp.monotonicNanoseconds()
        store.finish(record.id, outcome) { [self] result in
            metrics.record(.result, nanoseconds: Timestamp.monotonicNanoseconds() - start)
            switch result {
            case .success(let record):
                if case .succeeded(_, _, let posting?) = outcome { poster?.finished(posting) }
                note(record)
            case .failure(.refused):
                // Cancelled or expired while it ran: its result is nobody's.
                break
            case .failure(let error):
                if case .store(let error) = error { status.noteError(error) }
                logger.error("the end of a job could not be stored", record.id, error: error)
            }
            claim(window.withLock { $0.finished() })
        }
    }
}

extension JobDispatcher {
    private func note(_ record: JobRecord) {
        if record.status == .done { metrics.jobsDone.add() }
        if record.status == .failed { metrics.jobsFailed.add() }
        logger.debug(
            "job ended",
            metadata: [
                "job": "\(record.id)", "consumer": "\(record.consumer)",
                "status": "\(record.status.name)", "cycles": "\(record.cycles)",
                "failure": "\(record.failure?.description ?? "-")",
            ])
    }
}

extension Logger {
    func error(_ message: Logger.Message, _ job: JobID? = nil, error: any Error) {
        self.error(message, metadata: Self.fields(job, error))
    }

    func warning(_ message: Logger.Message, _ job: JobID? = nil, error: any Error) {
        warning(message, metadata: Self.fields(job, error))
    }

    private static func fields(_ job: JobID?, _ error: any Error) -> Logger.Metadata {
        var fields: Logger.Metadata = ["error": "\(error)"]
        if let job { fields["job"] = "\(job)" }
        return fields
    }
}
