package import RISCV

/// Watches one run of a guest: tells the machine's observer what only the host knows, the names of calls
/// and which cycles are charged. Used by the thread that runs the guest.
package final class GuestObserver {
    private var execution: ExecutionObserver
    private let vm: GuestVM

    /// An observer of one run of `program`.
    ///
    /// - Parameters:
    ///   - symbols: the names of the program's functions.
    ///   - trace: which instructions to record.
    package init(_ program: GuestProgram, symbols: ELFSymbols, trace: TraceWindow? = nil) {
        vm = program.vm
        execution = ExecutionObserver(code: program.code, symbols: symbols, trace: trace)
    }

    /// Where the cycles went, once the run is over.
    package func profile() -> ExecutionProfile { execution.profile() }

    /// The instructions of the window.
    package func traced() -> [TracedInstruction] { execution.traced() }

    /// The name of a traced instruction's function.
    package func name(of function: FunctionTable.ID) -> String { execution.name(of: function) }

    /// How many instructions the run had, uncharged ones and the one included that failed.
    package var stepCount: UInt64 { execution.stepCount }

    /// Runs the machine to the guest's next environment call.
    func run(_ core: inout GuestCore) -> MachineExit {
        execution.willRun(
            cycles: core.cycles, isCharged: !core.isUnconstrained, core.machine.state)
        let exit = core.machine.run(observer: &execution)
        if exit == .environmentCall {
            execution.called(core.callName(vm), core.machine.state)
        }
        return exit
    }

    /// The run is over.
    func finish(_ outcome: GuestOutcome) {
        // A call that ends the program with a code is answered; any other failure is before an answer.
        let failed = outcome.failure.map { $0.cause != .nonZeroExit } ?? false
        execution.finish(
            cycles: outcome.cycles, instructions: outcome.instructions, failed: failed)
    }
}
