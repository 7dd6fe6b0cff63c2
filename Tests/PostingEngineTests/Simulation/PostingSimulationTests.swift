import Bytes
import TestSupport
import Testing

@testable import PostingEngine

@Suite("the poster under random schedules, crashes and faults")
struct PostingSimulationTests {
    @Test("crashes, outages, forgotten transactions", arguments: 1...40)
    func crashes(seed: Int) throws {
        try check(seed, PostingSimulation.Plan())
    }

    @Test("many crashes", arguments: 1...30)
    func manyCrashes(seed: Int) throws {
        var plan = PostingSimulation.Plan()
        plan.crashPercent = 20
        try check(seed, plan)
    }

    @Test("reorgs below the confirmation depth", arguments: 1...40)
    func reorgs(seed: Int) throws {
        var plan = PostingSimulation.Plan()
        plan.confirmationCount = 4
        plan.reorgPercent = 4
        try check(seed, plan)
    }

    @Test("somebody else uses the account", arguments: 1...40)
    func foreignTransactions(seed: Int) throws {
        var plan = PostingSimulation.Plan()
        plan.foreignPercent = 1
        try check(seed, plan)
    }

    private func check(_ seed: Int, _ plan: PostingSimulation.Plan) throws {
        var simulation = try PostingSimulation(seed: UInt64(seed), plan: plan)
        try simulation.run()
        #expect(simulation.violations == [], "seed \(seed)")
        #expect(simulation.isFinished, "seed \(seed)")
        let posted = simulation.chain.postedJobs
        #expect(Set(posted).count == posted.count, "seed \(seed)")
        for job in simulation.allJobs {
            let ending = simulation.store.outcomes[job.jobID]
            switch simulation.chain.behaviours[job.jobID] {
            case .accepts?:
                #expect(posted.contains(job.jobID), "seed \(seed), job \(job.jobNonce)")
                expectRelayed(ending, isByUs: true, simulation, seed)
            case .completedByOthers?:
                expectRelayed(ending, isByUs: false, simulation, seed)
            case .refuses?:
                #expect(ending == .failed(reason: "job is not pending"), "seed \(seed)")
            case .failsOnceMined?:
                #expect(ending == .failed(reason: "refused on the chain"), "seed \(seed)")
            case .neverBroadcast?:
                #expect(ending == nil, "seed \(seed)")
                #expect(simulation.engine.deadLetters.contains { $0.jobID == job.jobID })
            case nil:
                Issue.record("every job has a behaviour")
            }
        }
    }

    private func expectRelayed(
        _ ending: PostingOutcome.Ending?, isByUs: Bool, _ simulation: PostingSimulation, _ seed: Int
    ) {
        guard case .relayed(let hash)? = ending else {
            Issue.record("seed \(seed): not relayed but \(String(describing: ending))")
            return
        }
        guard isByUs else {
            #expect(hash == nil, "seed \(seed)")
            return
        }
        if let hash {
            #expect(simulation.chain.receipt(hash)?.isSuccess == true, "seed \(seed)")
        }
    }
}
