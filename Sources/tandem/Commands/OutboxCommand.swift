internal import ArgumentParser
internal import Bytes
internal import NetworkIO

/// `tandem outbox`: results on their way to the chain, dead letters among them.
struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox",
        abstract: "Show results that are not on the chain yet; retry dead ones.",
        discussion: "Asks a running node on its metrics address (api.metrics).",
        subcommands: [OutboxListCommand.self, OutboxRetryCommand.self])
}

/// The operator's address of a node.
struct OperatorNodeOptions: ParsableArguments {
    @Option(help: "The node's metrics address.") var node = "http://127.0.0.1:3001"
}

/// `tandem outbox list`.
struct OutboxListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Show every result that waits to be posted.",
        discussion: """
            Prints {"postings":[{"job_id","consumer","job_nonce","ordered","failures","state","reason"}]};
            state is queued, live or dead.
            """)

    @OptionGroup var node: OperatorNodeOptions

    func run() async throws {
        let text = try await NodeOptions.withClient(of: node.node) { client in
            try await client.getText("/outbox")
        }
        print(text)
    }
}

/// `tandem outbox retry`.
struct OutboxRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Try a dead letter again.")

    @Argument(help: "The job whose posting is dead.") var id: JobID
    @OptionGroup var node: OperatorNodeOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await NodeOptions.withClient(of: node.node) { client in
            try await client.post("/outbox/\(id)/retry", [])
        }
        output.print(JobFields.all(answer))
    }
}
