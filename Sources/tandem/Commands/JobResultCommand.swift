internal import ArgumentParser
internal import Bytes

/// `tandem job result`: a job as the node knows it.
struct JobResultCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "result", abstract: "Show a job and, once it is DONE, its signed result.")

    @Argument(help: "The job's id.") var id: JobID
    @Option(help: "Wait at most so many seconds (60) for the result.") var wait: UInt64 = 0
    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let fields = try await node.withClient { client in
            JobFields.all(try await client.job(id.description, waitSeconds: wait))
        }
        output.print(fields)
    }
}
