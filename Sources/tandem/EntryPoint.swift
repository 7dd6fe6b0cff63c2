internal import ArgumentParser
internal import Dispatch
internal import Glibc

/// Where the process starts.
///
/// An executor gives up threads and descriptors before it takes in a stranger's program, and libdispatch,
/// which Swift's concurrency runs on, ends a process in which it cannot have them. So executors never
/// start it; everything else runs on it.
@main
enum EntryPoint {
    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == ExecutorCommand.configuration.commandName {
            ExecutorCommand.main(Array(arguments.dropFirst()))
            exit(EXIT_SUCCESS)
        }
        Task {
            await Tandem.main(ProfileOptions.expanded(arguments))
            exit(EXIT_SUCCESS)
        }
        dispatchMain()
    }
}
