internal import ArgumentParser
internal import Bytes
internal import EthCrypto
internal import EthereumCodec
internal import NodeAPI

/// `tandem job cancel`: take a job back.
struct JobCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Cancel a job that is PENDING or RUNNING.",
        discussion: """
            The key must be the one that signed the job.
            """)

    @Argument(help: "The job's id.") var id: JobID
    @OptionGroup var key: KeyOptions
    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try key.load()
        let signature = key.sign(EIP191.digest(JobCancellation.message(for: id))).bytes65
        let status = try await node.withClient { client in
            try await client.cancelJob(id, signature: signature)
        }
        output.print([OutputField("job_id", id.description), OutputField("status", status)])
    }
}
