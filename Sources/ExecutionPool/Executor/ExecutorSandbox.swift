internal import CMachine

/// What an executor process gives up before it touches anything that a stranger wrote.
enum ExecutorSandbox {
    /// Enters the sandbox; false when the system refuses a part of it.
    ///
    /// The order matters: what the later steps need is given up last. The seccomp filter belongs at
    /// the end of this list.
    static func enter() -> Bool {
        tandem_die_with_parent() == 0
            && tandem_restrict_resources() == 0
    }
}
