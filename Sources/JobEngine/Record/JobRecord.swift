package import Bytes

/// What changes about a job, and what is needed to decide about it: small, rewritten at each
/// transition. The bytes that came in and went out are stored beside it, once
/// (`JobRequest`, `JobInputs`, `JobOutput`).
///
/// Times are milliseconds since 1970, as the store's clock told them.
package struct JobRecord: Hashable, Sendable {
    package let id: JobID
    package let origin: JobOrigin
    package let relayStrategy: RelayStrategy
    package let nonce: UInt64
    package let consumer: Address
    package let programID: ProgramID
    package let maxCycles: UInt64
    /// Who signed the request; zero for jobs of the JobManager contract.
    package let signer: Address
    /// keccak256 of the encoded request: the same bytes again are the same job.
    package let requestHash: Hash32
    package let offchainInputHash: Hash32
    /// Nil where the request has no such field.
    package let stateHash: Hash32?
    /// The place in the queue: rises by one with each accepted job.
    package let sequence: UInt64
    package let submittedAt: UInt64
    /// When the job expires unless it is done by then; nil for never.
    package let expiresAt: UInt64?

    package private(set) var status: JobStatus
    /// When `status` last changed.
    package private(set) var statusChangedAt: UInt64
    /// Interruptions of the run and failed attempts to post, together.
    package private(set) var retries: UInt32 = 0
    /// How often the job lost its executor.
    package private(set) var interruptions: UInt32 = 0
    /// What the program used; zero until it ended.
    package private(set) var cycles: UInt64 = 0
    /// Whether there is a result and whether it goes to the chain.
    package private(set) var isPosted = false
    /// Why the job failed; nil unless it is FAILED.
    package private(set) var failure: JobFailure?
    /// The last transaction that carried the result.
    package private(set) var relayTransaction: Hash32?

    /// What never changes about a job.
    package struct Identity: Hashable, Sendable {
        package var id: JobID
        package var origin: JobOrigin
        package var relayStrategy: RelayStrategy
        package var nonce: UInt64
        package var consumer: Address
        package var programID: ProgramID
        package var maxCycles: UInt64
        package var signer: Address
        package var requestHash: Hash32
        package var offchainInputHash: Hash32
        package var stateHash: Hash32?

        package init(
            id: JobID, origin: JobOrigin, relayStrategy: RelayStrategy, nonce: UInt64,
            consumer: Address, programID: ProgramID, maxCycles: UInt64, signer: Address,
            requestHash: Hash32, offchainInputHash: Hash32, stateHash: Hash32?
        ) {
            self.id = id
            self.origin = origin
            self.relayStrategy = relayStrategy
            self.nonce = nonce
            self.consumer = consumer
            self.programID = programID
            self.maxCycles = maxCycles
            self.signer = signer
            self.requestHash = requestHash
            self.offchainInputHash = offchainInputHash
            self.stateHash = stateHash
        }
    }

    /// What changes; the decoder sets it whole.
    struct Progress {
        var status: JobStatus
        var statusChangedAt: UInt64
        var retries: UInt32
        var interruptions: UInt32
        var cycles: UInt64
        var isPosted: Bool
        var failure: JobFailure?
        var relayTransaction: Hash32?
    }

    /// A new job, PENDING.
    package init(_ identity: Identity, sequence: UInt64, at now: UInt64, expiresAt: UInt64?) {
        id = identity.id
        origin = identity.origin
        relayStrategy = identity.relayStrategy
        nonce = identity.nonce
        consumer = identity.consumer
        programID = identity.programID
        maxCycles = identity.maxCycles
        signer = identity.signer
        requestHash = identity.requestHash
        offchainInputHash = identity.offchainInputHash
        stateHash = identity.stateHash
        self.sequence = sequence
        submittedAt = now
        self.expiresAt = expiresAt
        status = .pending
        statusChangedAt = now
    }

    init(
        _ identity: Identity, sequence: UInt64, submittedAt: UInt64, expiresAt: UInt64?,
        progress: Progress
    ) {
        self.init(identity, sequence: sequence, at: submittedAt, expiresAt: expiresAt)
        status = progress.status
        statusChangedAt = progress.statusChangedAt
        retries = progress.retries
        interruptions = progress.interruptions
        cycles = progress.cycles
        isPosted = progress.isPosted
        failure = progress.failure
        relayTransaction = progress.relayTransaction
    }

    /// Whether the job has a result and the operator's signature on it.
    package var hasOutput: Bool { status == .done || status == .relayed }

    /// Whether nothing more happens to the job, a reorganisation of the chain excepted.
    package var isSettled: Bool { status.isTerminal || status == .done && !isPosted }

    /// Moves the job by one event at time `now`; throws, and changes nothing, when the event does
    /// not apply.
    package mutating func apply(
        _ event: JobEvent, at now: UInt64, interruptionCountMax: UInt32
    ) throws(TransitionError) {
        let condition = JobLifecycle.Condition(
            status: status, isPosted: isPosted, isOverdue: expiresAt.map { $0 <= now } ?? false,
            isInterruptedTooOften: interruptions >= interruptionCountMax)
        let next = try JobLifecycle.status(after: event, in: condition)
        note(event, next)
        if next != status {
            status = next
            statusChangedAt = now
        }
    }

    private mutating func note(_ event: JobEvent, _ next: JobStatus) {
        switch event {
        case .interrupted:
            noteInterruption(next)
        case .succeeded(let cycles, let isPosted):
            self.cycles = cycles
            self.isPosted = isPosted
        case .failed(let failure, let cycles):
            self.failure = failure
            self.cycles = max(self.cycles, cycles)
        case .relayRefused(let failure):
            self.failure = failure
        case .relayAdvanced(let transaction, let failures):
            relayTransaction = transaction ?? relayTransaction
            let (sum, isTooBig) = interruptions.addingReportingOverflow(failures)
            retries = isTooBig ? .max : sum
        case .relayConfirmed(let transaction):
            relayTransaction = transaction ?? relayTransaction
        case .started, .nodeRestarted, .cancelled, .deadlinePassed, .relayReorganised:
            break
        }
    }

    private mutating func noteInterruption(_ next: JobStatus) {
        guard next == .failed else {
            interruptions += 1
            retries = interruptions
            return
        }
        failure = JobFailure(
            .interrupted,
            message: "the executor was lost more than \(interruptions) times while it ran the job")
    }
}
