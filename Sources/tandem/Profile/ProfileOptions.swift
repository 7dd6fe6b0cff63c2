internal import ArgumentParser
internal import RISCV

/// What `tandem exec` tells about a run beside its result.
struct ProfileOptions: ParsableArguments {
    @Flag(help: "Show where the cycles went: functions, calls of the host, hot blocks.")
    var profile = false

    @Option(
        name: .customLong("flame-graph"),
        help: "Write the stacks of calls as an SVG picture; short: --profile=PATH.")
    var flameGraph: String?

    @Option(help: "Write the stacks of calls as lines `outer;inner cycles`, for other tools.")
    var folded: String?

    @Flag(
        help: """
            Show the last instructions before the end, or before what the program failed at, with \
            what each changed.
            """)
    var trace = false

    @Option(
        name: .customLong("trace-start"),
        help: "Show the instructions from this cycle on instead.")
    var traceStart: UInt64?

    @Option(
        name: .customLong("trace-count"),
        help: """
            How many instructions to show, at most \(RISCVLimits.tracedInstructionCountMax). \
            (default: \(ProfileLimits.traceCountDefault))
            """)
    var traceCount: Int?

    /// Whether cycles are to be told apart.
    var wantsProfile: Bool { profile || flameGraph != nil || folded != nil }

    /// Whether instructions are to be shown.
    var wantsTrace: Bool { trace || traceStart != nil || traceCount != nil }

    /// Whether anything is.
    var isWanted: Bool { wantsProfile || wantsTrace }

    func validate() throws {
        let most = RISCVLimits.tracedInstructionCountMax
        if let traceCount, !(1...most).contains(traceCount) {
            throw ValidationError("--trace-count is from 1 to \(most)")
        }
    }
}

extension ProfileOptions {
    /// Refuses to write a picture over the program.
    func checkPaths(keeping elf: String) throws {
        let program = LocalFiles.resolved(elf)
        for path in [flameGraph, folded] {
            if let path, let found = LocalFiles.resolved(path), found == program {
                throw ValidationError("'\(path)' is the program itself")
            }
        }
    }

    /// Arguments in which `--profile=PATH` has become `--profile --flame-graph=PATH`: no option of the
    /// parser has a value that may be missing without taking the next word, here the ELF, for it.
    static func expanded(_ arguments: [String]) -> [String] {
        guard arguments.first == ExecCommand.configuration.commandName else { return arguments }
        let prefix = "--profile="
        let end = arguments.firstIndex(of: "--") ?? arguments.count
        let options = arguments[..<end].flatMap { argument in
            argument.hasPrefix(prefix)
                ? ["--profile", "--flame-graph=" + argument.dropFirst(prefix.count)] : [argument]
        }
        return options + arguments[end...]
    }
}
