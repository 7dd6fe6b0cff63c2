/// How executor processes end, in words for logs and for the reasons of failed jobs.
enum ExecutorEnding {
    /// A wait status as <sys/wait.h> lays it out; its macros are not visible to Swift.
    static func describe(waitStatus status: Int32) -> String {
        let signal = status & 0x7f
        if signal != 0 { return words("signal \(signal)", meaning(ofSignal: signal)) }
        let exitStatus = (status >> 8) & 0xff
        return words("exit status \(exitStatus)", ExecutorExitStatus(rawValue: exitStatus)?.meaning)
    }

    private static func words(_ fact: String, _ meaning: String?) -> String {
        meaning.map { "\(fact), \($0)" } ?? fact
    }

    /// The signals that the sandbox ends a process with.
    private static func meaning(ofSignal signal: Int32) -> String? {
        switch signal {
        case 24: "the processor time granted to it was used up"
        case 31: "a system call that the sandbox forbids"
        default: nil
        }
    }
}

/// What an executor process exits with when it ends by itself.
enum ExecutorExitStatus: Int32 {
    /// The node is gone or told the executor to go by closing the socket.
    case nodeGone = 0
    /// What came over the socket is no command.
    case garbage = 70
    /// The system refused a part of the sandbox.
    case sandboxIncomplete = 71
    /// The first guest, the executor's own, did not run as it should.
    case warmUpFailed = 72

    fileprivate var meaning: String? {
        switch self {
        case .nodeGone: nil
        case .garbage: "it was sent what is no command"
        case .sandboxIncomplete: "the system refused a part of the sandbox"
        case .warmUpFailed: "its own first program did not run"
        }
    }
}
