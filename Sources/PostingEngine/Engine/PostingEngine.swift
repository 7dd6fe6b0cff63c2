import Bytes

/// Brings results to the chain: events in, actions out, no clock, randomness or I/O inside.
///
/// The rules that make it safe to stop the process at any instant:
///
/// 1. An account nonce is given out together with a signed transaction, in one batch; the transaction
///    is broadcast after the batch is on disk. So a transaction that anybody may have seen is on record.
/// 2. A posting keeps its nonce until the chain has used that nonce up: by one of the posting's own
///    transactions, which settles it, or by another, and only then it may get a new one. The chain takes
///    one transaction per nonce, so no result is posted twice.
/// 3. A posting that is given up while it holds a nonce has the nonce filled with a transfer of
///    nothing to the sender, so that later nonces are not held up.
///
/// Times are milliseconds of a clock that never goes back. The owner calls `handle` for every event,
/// performs the returned actions, and reports `timePassed` when `wakeUpAt` has come.
package struct PostingEngine: Sendable {
    let configuration: PostingConfiguration
    let signer: TransactionSigner
    let feePolicy: FeePolicy
    let backoff: Backoff

    /// The account as it is on disk once every emitted batch is.
    package internal(set) var account: AccountRecord
    var entries: [JobID: Entry] = [:]
    /// By nonce, ascending.
    var slots: [Slot] = []
    var lanes = OrderedLanes()
    /// Postings to start, by arrival. Items whose posting is no longer `ready` are skipped.
    var ready = MinHeap()
    /// Postings that wait after a failure, by time. Items no longer `delayed` are skipped.
    var delayed = MinHeap()
    /// Postings that need a nonce, by arrival. Items no longer `estimated` are skipped.
    var estimated = MinHeap()
    var busyCount = 0
    var deadCount = 0
    var arrivalCount: UInt64 = 0
    var heldByteCount = 0
    /// Whether postings were left out for want of room.
    var hasOverflowed = false
    var link = ChainLink()
    /// Ordered jobs that are over, until the batch that says so is on disk: a crash before would
    /// bring them back, after later ones had started.
    var laneReleases: [LaneRelease] = []
    /// A hole among the account nonces, and since when.
    var gap: (nonce: UInt64, since: UInt64)?

    var batch = PostingBatch(id: 1)
    var actions: [PostingAction] = []
    var now: UInt64 = 0
    private var entropy: UInt64 = 0

    struct LaneRelease {
        let batchID: UInt64
        let job: OrderedJob
    }

    /// An engine that goes on from what the store holds: the account (nil when it never posted),
    /// every record of the outbox, in any order, and every ordered job that is neither over nor in
    /// the outbox yet. Those must be known before the first event, or later jobs would overtake them.
    ///
    /// Throws when the records can't all be true; nothing is safe to broadcast then.
    package init(
        configuration: PostingConfiguration, signer: TransactionSigner, chainID: UInt64,
        account: AccountRecord?, records: [PostingRecord], openOrderedJobs: [OrderedJob],
        now: UInt64
    ) throws(PostingRecoveryError) {
        self.configuration = configuration
        self.signer = signer
        feePolicy = FeePolicy(configuration: configuration)
        backoff = Backoff(
            delayMin: configuration.retryDelayMin, delayMax: configuration.retryDelayMax)
        self.account = account ?? AccountRecord(address: signer.address, chainID: chainID)
        self.now = now
        for job in openOrderedJobs {
            lanes.add(job.jobNonce, of: job.consumer)
        }
        try recover(records, chainID: chainID)
    }

    /// Takes in what happened at `now` and returns what is to be done. `random` is fresh for every
    /// event, and uniform; it spreads retries.
    package mutating func handle(
        _ event: PostingEvent, at now: UInt64, random: UInt64
    ) -> [PostingAction] {
        self.now = max(now, self.now)
        entropy = random
        apply(event)
        advance()
        if !batch.isEmpty {
            actions.append(.persist(batch))
            batch = PostingBatch(id: batch.id + 1)
        }
        let due = actions
        actions = []
        return due
    }

    /// When `timePassed` is to be reported, unless something else happens before; nil for never.
    package var wakeUpAt: UInt64? {
        var times: [UInt64] = []
        if let first = delayed.first { times.append(first.key) }
        if !link.isObserving && hasWork {
            times.append(max(link.nextObservationAt, link.holdUntil))
        }
        return times.min()
    }

    /// Whether anything is under way that the chain has to be watched for.
    var hasWork: Bool {
        !slots.isEmpty || busyCount > 0 || ready.first != nil
    }

    /// A random number that differs between uses within one event (SplitMix64's step and mix).
    mutating func nextRandom() -> UInt64 {
        entropy &+= 0x9e37_79b9_7f4a_7c15
        var mixed = entropy
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    private mutating func apply(_ event: PostingEvent) {
        switch event {
        case .postingAdded(let record): add(record)
        case .orderedJobAccepted(let job): lanes.add(job.jobNonce, of: job.consumer)
        case .orderedJobEnded(let job): leaveLane(job)
        case .deadLetterRetried(let jobID): retry(jobID)
        case .postingAbandoned(let jobID): abandon(jobID)
        case .calldataLoaded(let jobID, let calldata): loaded(jobID, calldata)
        case .batchPersisted(let id): persisted(id)
        case .chainObserved(let view): observed(view)
        case .gasEstimated(let jobID, let estimate): estimated(jobID, estimate)
        case .broadcastAnswered(let nonce, let hash, let answer):
            broadcastAnswered(nonce, hash, answer)
        case .receiptsAnswered(let nonce, let receipts): receiptsAnswered(nonce, receipts)
        case .contractStatusAnswered(let jobID, let status): statusAnswered(jobID, status)
        case .callReplayed(let jobID, let answer): replayed(jobID, answer)
        case .chainUnavailable(let request): requestFailed(request)
        case .headAnnounced: link.observe(by: now)
        case .timePassed: break
        }
    }

    private mutating func advance() {
        releaseDelayed()
        reloadWhenRoom()
        guard now >= link.holdUntil else { return }
        observeWhenDue()
        guard link.failureCount == 0 else { return }
        startPostings()
        guard let view = link.freshView(at: now, ageMax: configuration.viewAgeMax) else { return }
        repairGap(view)
        for index in slots.indices {
            stepSlot(at: index, view)
        }
        assignNonces(view)
    }

    private mutating func observeWhenDue() {
        guard hasWork, !link.isObserving, now >= link.nextObservationAt else { return }
        link.observationStarted()
        actions.append(.observeChain)
    }

    /// A nonce that no account can reach (EIP-2681) is no answer.
    private mutating func observed(_ view: ChainView) {
        let nonceMax = UInt64(1) << 63
        guard view.latestNonce < nonceMax, view.pendingNonce < nonceMax else {
            requestFailed(.observation)
            return
        }
        link.observed(view, at: now, pollInterval: configuration.pollInterval)
    }

    private mutating func requestFailed(_ request: ChainRequest) {
        link.requestFailed(at: now, backoff: backoff, random: nextRandom())
        switch request {
        case .observation:
            link.observationFailed()
        case .gasEstimate(let jobID):
            guard entries[jobID]?.stage == .estimating else { return }
            makeReady(jobID)
        case .broadcast(let nonce):
            updateSlot(nonce) { $0.isBroadcasting = false }
        case .receipts(let nonce):
            updateSlot(nonce) {
                $0.isAskingReceipts = false
                $0.receiptsAskedAtView = nil
            }
        case .contractStatus(let jobID), .replay(let jobID):
            verificationFailed(jobID)
        }
    }
}
