extension SP1Session {
    /// The precompiles on elliptic curves and on the fields below them (reference/zkvm.md 2.3).
    mutating func performOnCurve(_ syscall: SP1Syscall) throws(GuestStop) {
        throw Self.unsupported(syscall)
    }
}
