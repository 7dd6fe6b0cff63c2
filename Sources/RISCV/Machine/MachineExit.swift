/// Why a machine came back to its host.
package enum MachineExit: Hashable, Sendable {
    /// An ECALL at `pc`, already charged as an instruction. The host answers it and sets `pc`.
    case environmentCall

    /// No cycles are left for the instruction at `pc`.
    case cycleLimit

    /// The instruction at `pc` cannot be executed and was not charged.
    case fault(MachineFault)
}

/// Why the decoded code was left; the machine goes on from here, or tells its host.
enum CodeExit: Equatable {
    case environmentCall
    case fault(MachineFault)
    /// The block at `pc` costs more than what is left. Some of its instructions may still run.
    case blockOverBudget
    /// The instruction at `pc` is not among the decoded ones.
    case outsideCode
    /// The instruction before `pc` wrote into the text.
    case textWritten
    /// Translated code leaves the instruction at `pc` to the interpreter.
    case instructionLeft
    /// Translated code leaves the rest of the block at `pc` to the interpreter.
    case blockLeft
}
