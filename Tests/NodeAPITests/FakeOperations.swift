import Bytes
import JobEngine
import NodeAPI
import Synchronization

/// Records what the faces ask for and answers with fixed values.
final class FakeOperations: CoprocessorOperations {
    enum Call: Equatable, Sendable {
        case submitJob(JobSubmission)
        case job(JobID, waitSeconds: UInt64)
        case submitProgram(ProgramUpload)
        case containsProgram(ProgramID)
        case pendingNonces(Address)
        case nextNonce(Address)
        case cancelJob(JobID, signature: [UInt8])
        case estimateJob(EstimateRequest)
    }

    private let recorded = Mutex<[Call]>([])
    private let refusal: APIError?
    private let view: JobView?

    init(view: JobView? = nil, refusal: APIError? = nil) {
        self.view = view
        self.refusal = refusal
    }

    var calls: [Call] { recorded.withLock { $0 } }

    private func answer<Value>(_ call: Call, _ value: Value?, _ completion: Completion<Value>) {
        recorded.withLock { $0.append(call) }
        if let refusal {
            completion(.failure(refusal))
        } else if let value {
            completion(.success(value))
        } else {
            completion(.failure(APIError(.unknownJob, "there is no such job")))
        }
    }

    func submitJob(_ submission: JobSubmission, completion: @escaping Completion<JobID>) {
        answer(.submitJob(submission), JobID(Hash32(words: 1, 2, 3, 4)), completion)
    }
    func job(_ id: JobID, waitSeconds: UInt64, completion: @escaping Completion<JobView>) {
        answer(.job(id, waitSeconds: waitSeconds), view, completion)
    }
    func submitProgram(
        _ submission: ProgramUpload, completion: @escaping Completion<ProgramID>
    ) {
        answer(.submitProgram(submission), ProgramID(Hash32(words: 5, 6, 7, 8)), completion)
    }
    func containsProgram(_ id: ProgramID, completion: @escaping Completion<Bool>) {
        answer(.containsProgram(id), id.bytes.first == 1, completion)
    }
    func pendingNonces(of consumer: Address, completion: @escaping Completion<[UInt64]>) {
        answer(.pendingNonces(consumer), [3, 4, .max], completion)
    }
    func nextNonce(of consumer: Address, completion: @escaping Completion<UInt64>) {
        answer(.nextNonce(consumer), 9, completion)
    }
    func cancelJob(
        _ id: JobID, signature: [UInt8], completion: @escaping Completion<JobStatus>
    ) {
        answer(.cancelJob(id, signature: signature), .cancelled, completion)
    }
    func estimateJob(_ request: EstimateRequest, completion: @escaping Completion<EstimateAnswer>) {
        let value = EstimateAnswer(output: [7], cycles: 11, instructions: 10, failureReason: nil)
        answer(.estimateJob(request), value, completion)
    }
    func health() -> HealthReport {
        HealthReport(isAlive: true, obstacles: refusal.map { [$0.message] } ?? [])
    }
    func metricsText() -> [UInt8] { Array("jobs 1\n".utf8) }
}
