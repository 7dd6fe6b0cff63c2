/// Why a session stops: thrown by the handlers of environment calls.
enum GuestStop: Error {
    /// The program ended.
    case halted(exitCode: UInt32)

    /// No cycles are left.
    case cycleLimit

    /// The instruction at the pc could not be executed.
    case failed(GuestFailure.Cause, detail: String)

    /// A syscall got arguments that its machine does not accept.
    static func invalid(_ detail: String) -> GuestStop { .failed(.invalidSyscall, detail: detail) }
}
