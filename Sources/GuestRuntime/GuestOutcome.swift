/// What came of a run. The same program, input and limit give the same outcome on every machine.
package struct GuestOutcome: Hashable, Sendable {
    /// Whether the program ended as its machine wants it to.
    package enum Status: Hashable, Sendable {
        case succeeded
        case failed(GuestFailure)
    }

    /// How the run ended.
    package let status: Status

    /// The public values (SP1) or the journal (RISC Zero); what was written so far when it failed.
    package let output: [UInt8]

    /// What the run cost, in the machine's own cycles.
    package let cycles: UInt64

    /// How many instructions were executed.
    package let instructions: UInt64

    /// The exit code, when the program gave one. RISC Zero's does not decide about success.
    package let exitCode: UInt32?

    /// What the program printed, its first `GuestRuntimeLimits.consoleByteCountMax` bytes.
    package let console: [UInt8]

    /// Whether it printed more.
    package let consoleIsTruncated: Bool

    /// An outcome with these parts.
    package init(
        status: Status, output: [UInt8], cycles: UInt64, instructions: UInt64, exitCode: UInt32?,
        console: [UInt8] = [], consoleIsTruncated: Bool = false
    ) {
        self.status = status
        self.output = output
        self.cycles = cycles
        self.instructions = instructions
        self.exitCode = exitCode
        self.console = console
        self.consoleIsTruncated = consoleIsTruncated
    }

    /// The failure, when it failed.
    package var failure: GuestFailure? {
        if case .failed(let failure) = status { failure } else { nil }
    }
}
