internal import ArgumentParser

/// `tandem job`: make, send and follow jobs.
struct JobCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job", abstract: "Sign, submit, read and cancel jobs.",
        subcommands: [
            JobSignCommand.self, JobSubmitCommand.self, JobResultCommand.self,
            JobCancelCommand.self,
        ])
}
