import RISCV

/// Why a run failed, where, and after how many cycles. The description is stable and names all three.
package struct GuestFailure: Error, Hashable, Sendable {
    /// The kinds of failure. The raw values are used between the node's processes.
    package enum Cause: UInt8, Sendable, CaseIterable {
        case cycleLimitExceeded = 1
        case unconstrainedLimitExceeded = 2
        case memoryLimitExceeded = 3
        case outputLimitExceeded = 4
        case hostWorkLimitExceeded = 5
        case illegalInstruction = 6
        case breakpoint = 7
        case invalidMemoryAccess = 8
        case invalidJump = 9
        case nonZeroExit = 10
        case unknownSyscall = 11
        case unsupportedSyscall = 12
        case invalidSyscall = 13
        case guestPanicked = 14
        case hostOutOfMemory = 15
    }

    /// What kind of failure it is.
    package let cause: Cause

    /// The rest of the reason; may be empty.
    package let detail: String

    /// The address of the instruction that was not executed, or that ended the program.
    package let pc: UInt32

    /// The cycles of the instructions that were executed.
    package let cycles: UInt64

    /// A failure with these parts.
    package init(_ cause: Cause, detail: String, pc: UInt32, cycles: UInt64) {
        self.cause = cause
        self.detail = detail
        self.pc = pc
        self.cycles = cycles
    }

    /// Whether the same program with the same input and limit may succeed elsewhere or later.
    package var isRetryable: Bool { cause == .hostOutOfMemory }
}

extension GuestFailure: CustomStringConvertible {
    /// The reason as a job reports it.
    package var description: String {
        let place = "\(cause) at pc \(HexText.word(pc)) after \(cycles) cycles"
        return detail.isEmpty ? place : place + ": " + detail
    }
}

extension GuestFailure.Cause: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cycleLimitExceeded: "cycle limit exceeded"
        case .unconstrainedLimitExceeded: "unconstrained cycle limit exceeded"
        case .memoryLimitExceeded: "memory limit exceeded"
        case .outputLimitExceeded: "output limit exceeded"
        case .hostWorkLimitExceeded: "host work limit exceeded"
        case .illegalInstruction: "illegal instruction"
        case .breakpoint: "breakpoint"
        case .invalidMemoryAccess: "invalid memory access"
        case .invalidJump: "invalid jump"
        case .nonZeroExit: "non-zero exit code"
        case .unknownSyscall: "unknown syscall"
        case .unsupportedSyscall: "unsupported syscall"
        case .invalidSyscall: "invalid syscall"
        case .guestPanicked: "guest panicked"
        case .hostOutOfMemory: "host out of memory"
        }
    }
}
