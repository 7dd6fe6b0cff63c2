internal import ArgumentParser
internal import Node

/// The command line. Each subcommand says in its `--help` all that is needed to use it.
struct Tandem: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tandem",
        abstract:
            "An offchain coprocessor: runs RISC-V programs for contracts, signs and posts the results.",
        discussion: """
            Start with `tandem demo`: it runs a chain, a node and a job on this machine and removes them again.
            Every command that prints an answer takes --json.

            Exit codes: 0 done, 1 the operation failed, 2 the node refused, 64 wrong use.
            """,
        version: NodeVersion.text,
        groupedSubcommands: [
            CommandGroup(name: "Node", subcommands: [NodeCommand.self, DemoCommand.self]),
            CommandGroup(
                name: "Programs and jobs",
                subcommands: [ProgramCommand.self, JobCommand.self, ExecCommand.self]),
            CommandGroup(
                name: "Operator",
                subcommands: [
                    KeyCommand.self, ContractsCommand.self, StoreCommand.self, OutboxCommand.self,
                    ExecutorCommand.self,
                ]),
        ])
}
