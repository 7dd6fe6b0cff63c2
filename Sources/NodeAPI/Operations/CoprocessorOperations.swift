package import Bytes
package import JobEngine

/// Called once, on any thread, possibly before the operation returns.
package typealias Completion<Value> = @Sendable (Result<Value, APIError>) -> Void

/// What a node does, behind both faces of the API. Methods are called on event loops and must not
/// block.
package protocol CoprocessorOperations: Sendable {
    /// Accepts a job. Completes with its id once it is durable.
    func submitJob(_ submission: JobSubmission, completion: @escaping Completion<JobID>)

    /// A job as it is; with `waitSeconds`, as it is once it has settled or the time is over.
    func job(_ id: JobID, waitSeconds: UInt64, completion: @escaping Completion<JobView>)

    /// Checks and registers a program. Completes with its id once it is durable.
    func submitProgram(
        _ submission: ProgramUpload, completion: @escaping Completion<ProgramID>)

    /// Whether a program is registered.
    func containsProgram(_ id: ProgramID, completion: @escaping Completion<Bool>)

    /// The nonces of a consumer's jobs that have not settled, rising.
    func pendingNonces(of consumer: Address, completion: @escaping Completion<[UInt64]>)

    /// The smallest nonce above all that the consumer has used.
    func nextNonce(of consumer: Address, completion: @escaping Completion<UInt64>)

    /// Cancels a job. `signature` is by the account that signed the job, over
    /// `JobCancellation.message(for:)`.
    func cancelJob(
        _ id: JobID, signature: [UInt8], completion: @escaping Completion<JobStatus>)

    /// Runs a program without storing or signing anything.
    func estimateJob(_ request: EstimateRequest, completion: @escaping Completion<EstimateAnswer>)

    /// Whether the node works, and whether it accepts jobs.
    func health() -> HealthReport

    /// The metrics in Prometheus' text format.
    func metricsText() -> [UInt8]
}

/// The machines whose programs the node runs; the numbers are those of VmType in Proto/.
package enum ProgramVM: UInt8, CaseIterable, Sendable {
    case risc0 = 0
    case sp1 = 1

    /// The word in REST requests.
    package var name: String { self == .risc0 ? "risc0" : "sp1" }

    /// The machine that the word or number names.
    package init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name.lowercased() }) else {
            return nil
        }
        self = found
    }
}

/// What SubmitProgram carries.
package struct ProgramUpload: Sendable, Equatable {
    package var elf: [UInt8]
    package var vm: ProgramVM
    /// The id that the submitter expects (RISC Zero) or chooses (SP1).
    package var programID: ProgramID?

    package init(elf: [UInt8], vm: ProgramVM, programID: ProgramID?) {
        self.elf = elf
        self.vm = vm
        self.programID = programID
    }
}

/// What EstimateJob carries.
package struct EstimateRequest: Sendable, Equatable {
    package var programID: ProgramID
    /// 0 for the node's limit.
    package var maxCycles: UInt64
    package var onchainInput: [UInt8]
    package var offchainInput: [UInt8]
    package var state: [UInt8]
}

/// How a dry run ended.
package struct EstimateAnswer: Sendable, Equatable {
    package var output: [UInt8]
    package var cycles: UInt64
    package var instructions: UInt64
    /// Why the program failed; nil when it succeeded.
    package var failureReason: String?

    package init(output: [UInt8], cycles: UInt64, instructions: UInt64, failureReason: String?) {
        self.output = output
        self.cycles = cycles
        self.instructions = instructions
        self.failureReason = failureReason
    }
}

/// The state of the node as its health endpoints tell it.
package struct HealthReport: Sendable, Equatable {
    /// Whether the process can do its work at all.
    package var isAlive: Bool
    /// What keeps the node from accepting jobs; empty when nothing does.
    package var obstacles: [String]

    package var isReady: Bool { isAlive && obstacles.isEmpty }

    package init(isAlive: Bool, obstacles: [String]) {
        self.isAlive = isAlive
        self.obstacles = obstacles
    }
}

/// What the sender of a job signs to take it back.
package enum JobCancellation {
    /// The bytes whose EIP-191 hash is signed: the ASCII text `tandem:cancel:` and the job id.
    package static func message(for id: JobID) -> [UInt8] {
        Array("tandem:cancel:".utf8) + id.bytes
    }
}
