internal import ArgumentParser
internal import ExecutionPool

/// `tandem executor`: runs guests for the node that started it; not for people.
struct ExecutorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "executor", abstract: "Run programs for the node that started this process.",
        shouldDisplay: false)

    @Option(name: .customLong("fd"), help: "The socket to the node.") var descriptor: Int32

    func run() throws {
        throw ExitCode(ExecutorMain.run(fd: descriptor))
    }
}
