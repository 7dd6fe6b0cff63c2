internal import ArgumentParser
internal import Bytes
internal import GuestRuntime

/// `tandem exec`: run a program here and now, without a node.
struct ExecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: "Run an ELF without a node.",
        discussion: """
            Prints the output, the exact cycles and how the program ended; with --json as \
            {"status","output","cycles","instructions","exit_code","reason","seconds"}. What the program \
            prints goes to standard error. The exit code is 0 when the program succeeded, otherwise 1.

            --profile shows where the cycles went, --profile=PATH draws it too (SVG), --trace shows the \
            last instructions, which helps with a program that fails. Both run on the interpreter and \
            change nothing about the run; --json has all of it as the members "profile" and "trace". \
            Build with `tandem program build --symbols` to see the names of functions.
            """)

    @OptionGroup var file: ProgramFile
    @Option(help: "SP1: an input buffer, hexadecimal or @FILE; repeat it for further ones.")
    var buffer: [HexArgument] = []
    @Option(help: "RISC Zero: the input stream, hexadecimal or @FILE.") var stdin: HexArgument?
    @Option(name: .customLong("max-cycles"), help: "The program fails when it needs more.")
    var maxCycles: UInt64
    @Option(
        help: """
            translator runs the program as code for this processor, interpreter one instruction at a \
            time; the result is the same. (default: translator where it is available)
            """)
    var engine: Engine?
    @Flag(
        help: ArgumentHelp(
            "Run twice, the second time without counting cycles, and report that run.",
            discussion: "For measuring what counting costs. The cycles that it reports are wrong.",
            visibility: .hidden))
    var unmetered = false
    @OptionGroup(title: "Profile and trace") var observation: ProfileOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if file.vm == .risc0, !buffer.isEmpty {
            throw ValidationError("--buffer is for SP1 programs; RISC Zero's read --stdin")
        }
        if file.vm == .sp1, stdin != nil {
            throw ValidationError("--stdin is for RISC Zero programs; SP1's read --buffer")
        }
        try observation.checkPaths(keeping: file.elf)
        if unmetered, engine != .translator {
            throw ValidationError("--unmetered is for --engine translator")
        }
        guard engine == .translator else { return }
        if observation.isWanted {
            throw ValidationError("profiles and traces are the interpreter's work")
        }
        if !Engine.translator.isAvailable {
            throw ValidationError("the translator cannot run here; the interpreter can")
        }
    }

    func run() throws {
        let elf = try file.read()
        // What is observed is interpreted: no translation then.
        let wanted: Engine = observation.isWanted ? .interpreter : engine ?? .translator
        var program = try GuestProgram(elf: elf, vm: file.vm.guest, engine: wanted)
        let input = GuestInput(
            buffers: buffer.map(\.bytes), stdin: stdin?.bytes ?? [], randomSeed: .zero)
        if unmetered {
            // The first run settles which registers are pinned.
            _ = program.run(input: input, maxCycles: maxCycles)
            program = GuestProgram(unmetered: program) ?? program
        }
        let clock = ContinuousClock()
        let start = clock.now
        guard observation.isWanted else {
            let outcome = program.run(
                input: input, maxCycles: maxCycles, engine: wanted)
            return try report(outcome, nil, seconds: (clock.now - start) / .seconds(1))
        }
        let run = ObservedRun(
            program, elf: elf, input: input, maxCycles: maxCycles, options: observation)
        try report(run.outcome, run, seconds: (clock.now - start) / .seconds(1))
    }

    private func report(_ outcome: GuestOutcome, _ observed: ObservedRun?, seconds: Double) throws {
        if !outcome.console.isEmpty {
            StandardError.print(String(decoding: outcome.console, as: UTF8.self))
        }
        var reason: String?
        if case .failed(let failure) = outcome.status { reason = failure.description }
        output.print([
            OutputField("status", reason == nil ? "succeeded" : "failed"),
            OutputField("output", Hex.encodePrefixed(outcome.output)),
            OutputField("cycles", outcome.cycles),
            OutputField("instructions", outcome.instructions),
            OutputField("exit_code", outcome.exitCode.map(UInt64.init)),
            OutputField("reason", reason),
            OutputField("seconds", seconds: seconds),
        ]) { writer in
            observed?.profile?.write(to: &writer)
            observed?.trace?.write(to: &writer)
        }
        if !output.json {
            let lines = (observed?.profile?.text ?? []) + (observed?.trace?.text ?? [])
            lines.forEach { print($0) }
        }
        try observed?.profile?.writeFiles(observation, title: file.elf)
        if reason != nil { throw ExitCode(1) }
    }
}

extension Engine: ExpressibleByArgument {}
