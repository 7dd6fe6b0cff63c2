package import Bytes

/// `tandem store check`: reads a whole store, changes nothing, and lists what is wrong.
package enum StoreCheck {
    /// What a check found.
    package struct Report: Hashable, Sendable {
        /// The first thousand findings; empty for a good store.
        package let violations: [StoreViolation]
        /// How many there are in all.
        package let violationCount: Int
        package let jobCount: Int
        package let liveJobCount: Int
        package let programCount: Int

        /// Whether nothing is wrong.
        package var isGood: Bool { violationCount == 0 }
    }

    /// Checks the store in the directory `path`, which no node should be writing meanwhile. Results
    /// must be signed by `expectedOperator`; where it is nil, by whoever they name.
    package static func run(
        path: String, expectedOperator: Address?, limits: JobStoreLimits = JobStoreLimits()
    ) throws(JobStoreError) -> Report {
        let database = try RocksDatabase(path: path, limits: limits, isReadOnly: true)
        defer { database.close() }
        var scan = StoreScan(
            reader: StoreReader(database: database), depth: .full,
            expectedOperator: expectedOperator)
        try scan.run()
        return Report(
            violations: scan.violations, violationCount: scan.violationCount,
            jobCount: scan.jobCount, liveJobCount: scan.liveRecords.count,
            programCount: scan.programs.count)
    }
}
