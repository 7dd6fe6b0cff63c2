internal import Bytes
internal import EthereumCodec
internal import ExecutionPool
internal import GuestRuntime
internal import JobEngine
internal import JobStore
internal import NodeAPI

extension NodeOperations {
    // MARK: Programs

    func containsProgram(_ id: ProgramID, completion: @escaping Completion<Bool>) {
        completion(.success(store.containsProgram(id)))
    }

    /// Has an executor check the ELF, binds the id, registers it. An ELF that cannot run is refused
    /// here, not at the first job.
    func submitProgram(
        _ submission: ProgramUpload, completion: @escaping Completion<ProgramID>
    ) {
        guard submission.elf.count <= elfByteCountMax else {
            return refuseProgram(
                APIError(
                    .programTooLarge,
                    "program elf has \(submission.elf.count) bytes; at most \(elfByteCountMax) are allowed"
                ), completion)
        }
        let vm: GuestVM = submission.vm == .risc0 ? .risc0 : .sp1
        let check = ExecutionRequest.check(elf: submission.elf, vm: vm)
        execute(check, byteCount: submission.elf.count, completion) { [self] outcome in
            switch outcome {
            case .programAccepted(let computed):
                register(submission, computed: computed, completion)
            case .programRefused(let reason):
                refuseProgram(APIError(.programInvalid, "program elf: \(reason)"), completion)
            case .failed(let failure):
                refuseProgram(APIError(failure), completion)
            case .finished:
                refuseProgram(
                    APIError(.internal, "the executor answered another request"), completion)
            }
        }
    }

    private func register(
        _ submission: ProgramUpload, computed: ProgramID,
        _ completion: @escaping Completion<ProgramID>
    ) {
        let id = submission.programID ?? computed
        // An image id is a fact about the ELF; only SP1's ids are labels.
        guard submission.vm == .sp1 || id == computed else {
            return refuseProgram(
                APIError(
                    .programIDMismatch,
                    "program_id is \(id), but the image id of this ELF is \(computed)"), completion)
        }
        let program = ProgramSubmission(
            id: id, vm: submission.vm.rawValue, computedID: computed, elf: submission.elf)
        store.register(program) { [self] result in
            switch result {
            case .success(let record):
                metrics.programsAccepted.add()
                completion(.success(record.id))
            case .failure(.idTaken(let record)):
                refuseProgram(
                    APIError(.programIDTaken, ProgramError.idTaken(record).description), completion)
            case .failure(.store(let error)):
                refuseProgram(APIError(error), completion)
            }
        }
    }

    private func refuseProgram(_ error: APIError, _ completion: Completion<ProgramID>) {
        metrics.programsRefused.add()
        completion(.failure(error))
    }

    // MARK: Dry runs

    func estimateJob(_ request: EstimateRequest, completion: @escaping Completion<EstimateAnswer>) {
        guard let program = store.program(request.programID),
            let vm = GuestVM(rawValue: program.vm)
        else { return completion(.failure(.unknownProgram(request.programID))) }
        let maxCycles: UInt64
        do throws(APIError) {
            maxCycles = try cycleLimit(of: request)
        } catch {
            return completion(.failure(error))
        }
        let input = GuestInput.job(
            vm: vm, onchainInput: request.onchainInput, offchainInput: request.offchainInput,
            state: request.state)
        let execution = ExecutionRequest.dryRun(
            of: .zero, program: program.id, input: input, maxCycles: maxCycles)
        let byteCount =
            request.onchainInput.count + request.offchainInput.count + request.state.count
        execute(execution, byteCount: byteCount, completion) { outcome in
            completion(Self.estimate(outcome))
        }
    }

    private func cycleLimit(of request: EstimateRequest) throws(APIError) -> UInt64 {
        let sizes = [
            ("onchain_input", request.onchainInput.count, limits.onchainInputByteCountMax),
            ("offchain_input", request.offchainInput.count, limits.offchainInputByteCountMax),
            ("state", request.state.count, limits.stateByteCountMax),
        ]
        for (name, byteCount, byteCountMax) in sizes where byteCount > byteCountMax {
            throw APIError(
                .requestTooLarge,
                "\(name) has \(byteCount) bytes; at most \(byteCountMax) are allowed")
        }
        guard request.maxCycles <= limits.maxCyclesMax else {
            throw APIError(
                IntakeError.maxCyclesTooHigh(
                    request.maxCycles, maxCyclesMax: limits.maxCyclesMax))
        }
        return request.maxCycles == 0 ? limits.maxCyclesMax : request.maxCycles
    }

    private static func estimate(_ outcome: ExecutionOutcome) -> Result<EstimateAnswer, APIError> {
        switch outcome {
        case .finished(let guest):
            var answer = EstimateAnswer(
                output: guest.output, cycles: guest.cycles, instructions: guest.instructions,
                failureReason: nil)
            if case .failed(let failure) = guest.status {
                answer.output = []
                answer.failureReason = failure.description
            }
            return .success(answer)
        case .failed(let failure): return .failure(APIError(failure))
        case .programAccepted, .programRefused:
            return .failure(APIError(.internal, "the executor answered another request"))
        }
    }

    private func execute<Value>(
        _ request: ExecutionRequest, byteCount: Int, _ completion: @escaping Completion<Value>,
        _ finished: @escaping ExecutionCompletion
    ) {
        guard executions.enter(byteCount: byteCount) else {
            return completion(
                .failure(
                    APIError(
                        .queueFull, "too many programs wait to be checked or tried",
                        retryAfterSeconds: 1)))
        }
        do throws(ExecutionPoolError) {
            _ = try pool.submit(request) { [executions] outcome in
                executions.leave(byteCount: byteCount)
                finished(outcome)
            }
        } catch {
            executions.leave(byteCount: byteCount)
            completion(.failure(APIError(error)))
        }
    }
}
