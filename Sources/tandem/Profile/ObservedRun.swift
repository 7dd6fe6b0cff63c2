internal import GuestRuntime
internal import RISCV

/// A run that was watched: on the interpreter, and twice when the instructions before its end are
/// wanted. A program does the same each time, so the first run tells where they are.
struct ObservedRun {
    let outcome: GuestOutcome
    let profile: GuestProfileReport?
    let trace: TraceReport?

    /// Runs `program`, whose ELF is `elf`.
    init(
        _ program: GuestProgram, elf: [UInt8], input: GuestInput, maxCycles: UInt64,
        options: ProfileOptions
    ) {
        let names = SymbolSource(elf)
        let count = options.traceCount ?? ProfileLimits.traceCountDefault
        var workspace = GuestWorkspace()
        func run(_ window: TraceWindow?) -> (observer: GuestObserver, outcome: GuestOutcome) {
            let observer = GuestObserver(program, symbols: names.symbols, trace: window)
            let outcome = program.run(
                input: input, maxCycles: maxCycles, workspace: &workspace, observer: observer)
            return (observer, outcome)
        }
        let first = run(options.traceStart.map { TraceWindow(start: .cycle($0), count: count) })
        outcome = first.outcome
        profile =
            options.wantsProfile ? GuestProfileReport(first.observer.profile(), names.note) : nil
        guard options.wantsTrace else {
            trace = nil
            return
        }
        guard options.traceStart == nil else {
            trace = TraceReport(first.observer, outcome)
            return
        }
        let steps = first.observer.stepCount
        let start = steps - min(steps, UInt64(count))
        trace = TraceReport(run(TraceWindow(start: .step(start), count: count)).observer, outcome)
    }
}

/// The names in an ELF, and what to tell the person when there are none.
private struct SymbolSource {
    let symbols: ELFSymbols
    let note: String?

    init(_ elf: [UInt8]) {
        do throws(ELFSymbolsError) {
            symbols = try GuestProgram.symbols(in: elf)
            note =
                symbols.symbols.isEmpty
                ? "the ELF names no functions, so they are shown by address; "
                    + "`tandem program build --symbols` keeps the names" : nil
        } catch {
            symbols = .none
            note = "functions are shown by address, as the names cannot be read: \(error)"
        }
    }
}
