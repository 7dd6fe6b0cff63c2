internal import Bytes
internal import ExecutionPool
internal import JobEngine
internal import JobStore
internal import NodeAPI

/// The operations of a running node: intake, policy, ledger and executors behind both faces of the API.
final class NodeOperations: CoprocessorOperations {
    let store: JobStore
    let pool: ExecutionPool
    private let gate: SignerGate
    private let workers: ReadWorkers
    let limits: JobEngineLimits
    let elfByteCountMax: Int
    let metrics: NodeMetrics
    let executions = ClientExecutions()
    private let status: NodeStatus

    init(
        store: JobStore, pool: ExecutionPool, gate: SignerGate, workers: ReadWorkers,
        limits: JobEngineLimits, elfByteCountMax: Int, metrics: NodeMetrics, status: NodeStatus
    ) {
        self.store = store
        self.pool = pool
        self.gate = gate
        self.workers = workers
        self.limits = limits
        self.elfByteCountMax = elfByteCountMax
        self.metrics = metrics
        self.status = status
    }

    func health() -> HealthReport { status.report }

    func metricsText() -> [UInt8] { metrics.prometheusText() }

    // MARK: Jobs

    func submitJob(_ submission: JobSubmission, completion: @escaping Completion<JobID>) {
        let start = Timestamp.monotonicNanoseconds()
        let candidate: JobCandidate
        do throws(IntakeError) {
            candidate = try Intake.examine(submission, limits: limits)
        } catch {
            return refuse(APIError(error), completion)
        }
        metrics.record(.intake, nanoseconds: Timestamp.monotonicNanoseconds() - start)
        gate.check(candidate) { [self] error in
            if let error { return refuse(error, completion) }
            commit(candidate, completion)
        }
    }

    private func commit(_ candidate: JobCandidate, _ completion: @escaping Completion<JobID>) {
        let start = Timestamp.monotonicNanoseconds()
        store.submit(candidate) { [self] result in
            metrics.record(.ledger, nanoseconds: Timestamp.monotonicNanoseconds() - start)
            switch result {
            case .success(let receipt):
                (receipt.isNew ? metrics.jobsAccepted : metrics.jobsRepeated).add()
                completion(.success(receipt.jobID))
            case .failure(.refused(let error)):
                refuse(APIError(error), completion)
            case .failure(.store(let error)):
                status.noteError(error)
                refuse(APIError(error), completion)
            }
        }
    }

    private func refuse(_ error: APIError, _ completion: Completion<JobID>) {
        metrics.jobsRefused.add()
        completion(.failure(error))
    }

    func job(_ id: JobID, waitSeconds: UInt64, completion: @escaping Completion<JobView>) {
        if let view = store.cachedJob(id), waitSeconds == 0 || view.isAnswer {
            return completion(.success(view))
        }
        read(completion) { [self] in
            if waitSeconds == 0 {
                completion(found(id))
            } else {
                wait(for: id, seconds: waitSeconds, completion)
            }
        }
    }

    /// Called on a worker.
    private func wait(
        for id: JobID, seconds: UInt64, _ completion: @escaping Completion<JobView>
    ) {
        do throws(JobStoreError) {
            let waiting = try store.wait(for: id) { [self] _ in
                // The committer must not read the disk; the view is usually in memory.
                if let view = store.cachedJob(id) { return completion(.success(view)) }
                read(completion) { [self] in completion(found(id)) }
            }
            switch waiting {
            case .settled(let view): completion(.success(view))
            case .unknownJob: completion(.failure(.unknownJob(id)))
            case .overloaded:
                completion(.failure(APIError(.queueFull, "too many calls wait for jobs")))
            case .waiting(let waiter):
                workers.run(afterSeconds: seconds) { [self] in
                    guard store.stopWaiting(waiter) else { return }
                    completion(found(id))
                }
            }
        } catch {
            completion(.failure(APIError(error)))
        }
    }

    private func found(_ id: JobID) -> Result<JobView, APIError> {
        do throws(JobStoreError) {
            guard let view = try store.job(id) else { return .failure(.unknownJob(id)) }
            return .success(view)
        } catch {
            return .failure(APIError(error))
        }
    }

    func pendingNonces(of consumer: Address, completion: @escaping Completion<[UInt64]>) {
        completion(.success(store.pendingNonces(of: consumer)))
    }

    func nextNonce(of consumer: Address, completion: @escaping Completion<UInt64>) {
        read(completion) { [self] in
            do throws(JobStoreError) {
                guard let nonce = try store.nextNonce(of: consumer) else {
                    return completion(
                        .failure(APIError(.nonceUsed, "\(consumer) has used the last nonce")))
                }
                completion(.success(nonce))
            } catch {
                completion(.failure(APIError(error)))
            }
        }
    }

    func cancelJob(
        _ id: JobID, signature: [UInt8], completion: @escaping Completion<JobStatus>
    ) {
        read(completion) { [self] in
            do throws(APIError) {
                let view = try found(id).get()
                try CancellationRule.check(signature, cancels: view.record)
            } catch {
                return completion(.failure(error))
            }
            store.cancel(id) { [self] result in
                if case .success = result { metrics.jobsCancelled.add() }
                completion(result.map(\.status).mapError { APIError($0, id) })
            }
        }
    }

    private func read<Value>(
        _ completion: @escaping Completion<Value>, _ work: @escaping @Sendable () -> Void
    ) {
        guard workers.run(work) else {
            return completion(
                .failure(
                    APIError(
                        .queueFull, "too many requests wait for the disk", retryAfterSeconds: 1)))
        }
    }
}

extension JobView {
    /// Whether a client that waits has what it waits for.
    var isAnswer: Bool { status == .done || status.isTerminal }
}
