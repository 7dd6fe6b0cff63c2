internal import ArgumentParser
internal import Bytes
internal import JobStore
internal import NodeAPI

/// `tandem store`: the node's durable memory.
struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Check the store of a node.",
        subcommands: [StoreCheckCommand.self])
}

/// `tandem store check`.
struct StoreCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read the whole store and verify its invariants, without changing it.",
        discussion: """
            Every accepted nonce has one job; every open job is in the queue or the outbox, nowhere twice;
            every result is signed by the operator; no account nonce carries two transactions.
            Exit code 1 when anything is wrong. Stop the node first: a store has one owner.
            """)

    @Option(help: "The node's data.directory.") var data = "tandem-data"
    @Option(help: "The operator that must have signed every result.") var `operator`: Address?
    @OptionGroup var output: OutputOptions

    func run() throws {
        let report = try StoreCheck.run(path: data, expectedOperator: `operator`)
        if output.json { printJSON(report) } else { printText(report) }
        if !report.isGood { throw ExitCode(1) }
    }

    private func printText(_ report: StoreCheck.Report) {
        for violation in report.violations { print(violation) }
        let verdict = report.isGood ? "good" : "\(report.violationCount) violations"
        print(
            "\(verdict): \(report.jobCount) jobs, \(report.liveJobCount) of them open, "
                + "\(report.programCount) programs")
    }

    private func printJSON(_ report: StoreCheck.Report) {
        var writer = JSONWriter()
        writer.beginObject()
        writer.field("ok", report.isGood)
        writer.field("jobs", UInt64(report.jobCount))
        writer.field("open_jobs", UInt64(report.liveJobCount))
        writer.field("programs", UInt64(report.programCount))
        writer.field("violation_count", UInt64(report.violationCount))
        writer.beginArray("violations")
        for violation in report.violations {
            writer.beginObject()
            writer.field("family", violation.family)
            writer.field("key", violation.key)
            writer.field("message", violation.message)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        print(String(decoding: writer.bytes, as: UTF8.self))
    }
}
