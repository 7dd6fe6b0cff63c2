package import Bytes
package import JobEngine

/// What a store held when it was opened.
package struct RecoveryReport: Hashable, Sendable {
    package let jobCount: Int
    /// Jobs that wait for an executor now.
    package let queuedCount: Int
    /// Those of them that were RUNNING when the node ended.
    package let interruptedCount: Int
    /// Results that wait to be posted.
    package let outboxCount: Int
    package let programCount: Int
    /// The results that may be posted at once, in the order in which their jobs were accepted.
    package let released: [JobID]
    /// The ordered jobs that have not been run to their end, in the order of acceptance: results of their
    /// consumers' later jobs wait for them.
    package let openOrderedJobs: [JobRecord]
}

/// The start of a store: refuses one that cannot be trusted, puts RUNNING back to PENDING, and
/// builds what is held in memory.
struct Recovery {
    private let database: RocksDatabase
    private let now: UInt64
    private(set) var engine: JobEngine
    private(set) var programs: [ProgramRecord] = []
    private(set) var liveRecords: [JobRecord] = []
    private(set) var report: RecoveryReport

    init(
        database: RocksDatabase, limits: JobEngineLimits, expectedOperator: Address?, now: UInt64
    ) throws(JobStoreError) {
        self.database = database
        self.now = now
        try Self.markNew(database)
        var scan = StoreScan(
            reader: StoreReader(database: database), depth: .start,
            expectedOperator: expectedOperator)
        try scan.run()
        if let violation = scan.violations.first {
            throw .untrusted(violation, count: scan.violationCount)
        }
        let records = scan.liveRecords.values.sorted { $0.sequence < $1.sequence }
        let (restarted, count) = try Self.restart(records, database, now)
        engine = JobEngine(limits: limits, nextSequence: scan.nextSequence)
        var released: [JobID] = []
        for record in restarted {
            if let release = engine.restore(record) { released.append(release.jobID) }
        }
        programs = scan.programs
        liveRecords = restarted
        report = RecoveryReport(
            jobCount: scan.jobCount, queuedCount: engine.queuedCount, interruptedCount: count,
            outboxCount: engine.outboxCount, programCount: scan.programs.count, released: released,
            openOrderedJobs: restarted.filter { $0.status.isQueued && $0.relayStrategy == .ordered }
        )
    }

    /// Writes the version of the layout into an empty store.
    private static func markNew(_ database: RocksDatabase) throws(JobStoreError) {
        for family in ColumnFamily.allCases {
            guard try database.lastKey(family, upTo: [UInt8](repeating: 255, count: 64)) == nil
            else { return }
        }
        var batch = database.makeBatch()
        batch.put(.meta, StoreKey.format, StoredForms.integer(StoredForms.formatVersion))
        try database.write(batch, isSynced: true)
    }

    /// Puts jobs that were RUNNING back to PENDING, in one write. The answer is all jobs as they
    /// are then, and how many were put back.
    private static func restart(
        _ records: [JobRecord], _ database: RocksDatabase, _ now: UInt64
    ) throws(JobStoreError) -> ([JobRecord], Int) {
        var batch = database.makeBatch()
        var restarted = records
        for index in restarted.indices where restarted[index].status == .running {
            do throws(TransitionError) {
                try restarted[index].apply(.nodeRestarted, at: now, interruptionCountMax: .max)
            } catch {
                preconditionFailure("a RUNNING job can be put back")
            }
            let key = StoreKey.job(.record, restarted[index].id)
            batch.put(.jobs, key, restarted[index].encoded())
        }
        if batch.count > 0 { try database.write(batch, isSynced: true) }
        return (restarted, batch.count)
    }
}
