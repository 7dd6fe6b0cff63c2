import Bytes
import TestSupport

@testable import PostingEngine

/// An engine, a store and a chain under a random schedule: answers come late and in any order, the
/// process dies between any two steps, the connection breaks with and without losing what was sent.
struct PostingSimulation {
    struct Plan {
        var jobCount = 25
        var stepCount = 1500
        var confirmationCount: UInt64 = 1
        var crashPercent = 2
        var outagePercent = 2
        var reorgPercent = 0
        var foreignPercent = 0
        var forgetPercent = 3
    }

    let plan: Plan
    var random: SeededRandom
    var chain = SimulatedChain()
    var store = SimulatedStore()
    var engine: PostingEngine
    var configuration = PostingConfiguration()
    var pendingActions: [PostingAction] = []
    var pendingAnswers: [PostingEvent] = []
    var waitingJobs: [Posting] = []
    var allJobs: [Posting] = []
    var now: UInt64 = 1
    var violations: Set<String> = []
    var crashCount = 0

    init(seed: UInt64, plan: Plan) throws {
        self.plan = plan
        random = SeededRandom(seed: seed)
        configuration.confirmationCount = plan.confirmationCount
        configuration.inFlightMax = 5
        configuration.failuresMax = 1000
        configuration.feePerGasMax = 1_000_000
        configuration.lostPatience = 20_000
        configuration.gapPatience = 10_000
        engine = try PostingEngine(
            configuration: configuration, signer: TestSigner.signer, chainID: 1, account: nil,
            records: [], openOrderedJobs: [], now: 0)
        makeJobs()
        for job in openOrderedJobs {
            handle(.orderedJobAccepted(job))
        }
    }

    private mutating func makeJobs() {
        let consumers = [random.address(), random.address(), random.address()]
        for index in 0..<plan.jobCount {
            let jobID = JobID(random.hash())
            let roll = percent()
            chain.behaviours[jobID] =
                roll < 8
                ? .refuses
                : roll < 14
                    ? .completedByOthers
                    : roll < 20 ? .neverBroadcast : roll < 26 ? .failsOnceMined : .accepts
            // An ordered dead letter would hold up the rest of its consumer for ever.
            let isOrdered = percent() < 50 && chain.behaviours[jobID] != .neverBroadcast
            let posting = Posting(
                jobID: jobID, consumer: consumers[index % 3], jobNonce: UInt64(index),
                isOrdered: isOrdered, kind: .offchainResult, contract: random.address(),
                createdAtMilliseconds: UInt64(index), calldata: jobID.bytes)
            allJobs.append(posting)
        }
        waitingJobs = allJobs.shuffled(using: &random)
    }

    mutating func percent() -> Int { Int(random.next() % 100) }

    mutating func run() throws {
        for _ in 0..<plan.stepCount {
            try step(isCalm: false)
        }
        chain.isOut = false
        chain.isFunded = true
        chain.baseFee = 1000
        for count in 0..<60_000 {
            if count % 50 == 0, isFinished { break }
            try step(isCalm: true)
        }
        violations.formUnion(chain.violations + store.violations)
    }

    var isFinished: Bool {
        waitingJobs.isEmpty && pendingActions.isEmpty && pendingAnswers.isEmpty
            && store.decodedRecords.allSatisfy {
                if case .dead = $0.state { true } else { false }
            }
    }

    private mutating func step(isCalm: Bool) throws {
        chain.recordedHashes = store.hashes
        if !isCalm { try disturb() }
        switch percent() {
        case 0..<5: addPosting()
        case 5..<45: performAction()
        case 45..<80: deliverAnswer()
        case 80..<90: passTime()
        default:
            chain.mine(countMax: Int(random.next() % 4))
            checkOrder()
        }
    }

    private mutating func disturb() throws {
        if percent() < plan.crashPercent { try crash() }
        if percent() < plan.outagePercent { chain.isOut.toggle() }
        if percent() < plan.forgetPercent, let nonce = chain.pool.keys.sorted().first {
            chain.pool[nonce] = nil
        }
        if percent() < plan.reorgPercent, plan.confirmationCount > 1 {
            let depth = 1 + Int(random.next() % (plan.confirmationCount - 1))
            chain.reorganise(depth: depth, forgets: percent() < 50)
        }
        if percent() < plan.foreignPercent { chain.mineForeign() }
        if percent() < 2 { chain.isFunded.toggle() }
        if percent() < 5 { chain.baseFee = 100 + random.next() % 20_000 }
    }

    private mutating func addPosting() {
        guard let posting = waitingJobs.popLast() else { return }
        let record = PostingRecord(posting: posting)
        store.add(record)
        handle(.postingAdded(record))
    }

    mutating func handle(_ event: PostingEvent) {
        pendingActions += engine.handle(event, at: now, random: random.next())
    }

    private mutating func passTime() {
        now += random.next() % 3000
        if let wakeUpAt = engine.wakeUpAt, wakeUpAt <= now { handle(.timePassed) }
    }

    private mutating func deliverAnswer() {
        guard !pendingAnswers.isEmpty else { return }
        let index = Int(random.next() % UInt64(pendingAnswers.count))
        handle(pendingAnswers.remove(at: index))
    }

    /// Batches are written in order; everything else happens in any order.
    private mutating func performAction() {
        guard !pendingActions.isEmpty else { return }
        var index = Int(random.next() % UInt64(pendingActions.count))
        if case .persist = pendingActions[index] {
            index =
                pendingActions.firstIndex { if case .persist = $0 { true } else { false } } ?? index
        }
        perform(pendingActions.remove(at: index))
    }

    /// The process ends: what was being written may or may not be on disk, what was being sent may or
    /// may not have arrived, answers are lost.
    private mutating func crash() throws {
        crashCount += 1
        var isWriting = true
        for action in pendingActions {
            if case .persist(let batch) = action {
                isWriting = isWriting && percent() < 50
                if isWriting { store.apply(batch) }
            } else if case .broadcast(_, let signed) = action, percent() < 50 {
                _ = chain.broadcast(signed.raw)
            }
        }
        pendingActions = []
        pendingAnswers = []
        store.restart()
        engine = try PostingEngine(
            configuration: configuration, signer: TestSigner.signer, chainID: 1,
            account: store.decodedAccount, records: store.decodedRecords,
            openOrderedJobs: openOrderedJobs, now: now)
        handle(.timePassed)
    }

    private var openOrderedJobs: [OrderedJob] {
        waitingJobs.filter(\.isOrdered).map {
            OrderedJob(consumer: $0.consumer, jobNonce: $0.jobNonce)
        }
    }
}
