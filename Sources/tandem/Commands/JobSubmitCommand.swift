internal import ArgumentParser
internal import Bytes
internal import NodeAPI

/// `tandem job submit`: sign and send, and wait if asked to.
struct JobSubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit", abstract: "Sign a job and submit it to a node.",
        discussion: """
            The answer means that the node has the job on disk. Submitting the same job again is harmless.
            """)

    @OptionGroup var job: JobOptions
    @Option(help: "Each nonce of a consumer is used once; by default the node's next one.")
    var nonce: UInt64?
    @Flag(help: "Post the result after those of the consumer's jobs with lower nonces.")
    var ordered = false
    @Option(help: "Wait at most so many seconds (60) for the result and print it.")
    var wait: UInt64 = 0
    @OptionGroup var key: KeyOptions
    @OptionGroup var node: NodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try key.load()
        let node = node
        let answer = try await node.withClient { client in
            let nonce = if let nonce { nonce } else { try await client.nextNonce(of: job.consumer) }
            let signed = job.signed(nonce: nonce, by: key)
            let id = try await client.submitJob(
                signed, offchainInput: job.offchainInput.bytes, state: job.state.bytes,
                ordered: ordered)
            guard wait > 0 else { return [OutputField("job_id", id)] }
            return JobFields.all(try await client.job(id, waitSeconds: wait))
        }
        output.print(answer)
    }
}
