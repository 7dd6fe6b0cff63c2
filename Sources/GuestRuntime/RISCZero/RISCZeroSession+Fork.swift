// SYS_FORK runs the child to its SYS_EXIT on memory that is undone, then the parent. The child's cycles
// are not charged (reference/zkvm.md 1.5); `GuestRuntimeLimits.unconstrainedCyclesMax` bounds them.
extension RISCZeroSession {
    /// SYS_FORK: the child goes on with 0 in a0.
    mutating func fork() throws(GuestStop) {
        guard !core.isUnconstrained else { throw .invalid("SYS_FORK in a forked child") }
        core.suspend()
        core.setRegister(.a0, 0)
        core.setRegister(.a1, 0)
        core.finishCall()
    }

    /// SYS_EXIT: the parent goes on behind its SYS_FORK with 1 in a0.
    mutating func exitChild() throws(GuestStop) {
        guard core.isUnconstrained else { throw .invalid("SYS_EXIT outside a forked child") }
        core.resume()
        let wordCount = core.register(.a1)
        core.setRegister(.a0, 1)
        core.setRegister(.a1, 0)
        core.charge((UInt64(wordCount) + 3) / 4 + 1)
        core.finishCall()
    }
}
