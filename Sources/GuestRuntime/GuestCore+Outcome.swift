import RISCV

extension GuestCore {
    /// The outcome of a session that stopped.
    mutating func outcome(_ stop: GuestStop, nonZeroExitFails: Bool) -> GuestOutcome {
        switch stop {
        case .halted(let exitCode):
            let fails = nonZeroExitFails && exitCode != 0
            let status: GuestOutcome.Status =
                fails
                ? .failed(failure(.nonZeroExit, "the program exited with \(exitCode)")) : .succeeded
            return outcome(status, exitCode: exitCode)
        case .cycleLimit:
            let limit = UInt64(cycleLimit)
            return outcome(
                .failed(failure(.cycleLimitExceeded, "the limit is \(limit)")), exitCode: nil)
        case .failed(let cause, let detail):
            abandonCall()
            return outcome(.failed(failure(cause, detail)), exitCode: nil)
        }
    }

    private func failure(_ cause: GuestFailure.Cause, _ detail: String) -> GuestFailure {
        GuestFailure(cause, detail: detail, pc: machine.state.pc, cycles: cycles)
    }

    private func outcome(_ status: GuestOutcome.Status, exitCode: UInt32?) -> GuestOutcome {
        let outcome = GuestOutcome(
            status: status, output: output, cycles: cycles, instructions: instructions,
            exitCode: exitCode, console: console.bytes, consoleIsTruncated: console.isTruncated)
        observer?.finish(outcome)
        return outcome
    }
}

extension GuestStop {
    /// What a failed access to guest memory is for the guest.
    init(_ error: GuestMemoryError) {
        switch error {
        case .hostRefused: self = .failed(.hostOutOfMemory, detail: "\(error)")
        case .outside: self = .failed(.invalidMemoryAccess, detail: "\(error)")
        case .capReached: self = .failed(.memoryLimitExceeded, detail: "\(error)")
        }
    }
}

extension MachineFault {
    /// The kind of failure that the fault is.
    var cause: GuestFailure.Cause {
        switch self {
        case .illegalInstruction, .unimplementedInstruction: .illegalInstruction
        case .breakpoint: .breakpoint
        case .misalignedLoad, .misalignedStore, .loadOutside, .storeOutside: .invalidMemoryAccess
        case .misalignedTarget, .fetchOutside: .invalidJump
        case .memoryCapReached: .memoryLimitExceeded
        case .hostRefused: .hostOutOfMemory
        }
    }

    /// What the cause alone does not say.
    var detail: String { self == .breakpoint ? "" : description }
}
