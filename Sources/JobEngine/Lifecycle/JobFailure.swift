/// Why a job failed: a stable word for machines and a sentence for people.
package struct JobFailure: Hashable, Sendable, CustomStringConvertible {
    /// What failed. The raw values are stored.
    package enum Cause: UInt8, CaseIterable, Hashable, Sendable {
        /// The program passed its cycle limit, trapped, exited non-zero or made an unknown call.
        case program = 1
        /// The executor process died or was killed while it ran the job.
        case executorCrashed = 2
        /// The executor ran past its wall-clock cap.
        case executorTimedOut = 3
        /// The job lost its executor more often than `interruptionCountMax` allows.
        case interrupted = 4
        /// The contract refused the result; no further attempt can succeed.
        case relayReverted = 5
        /// The program of the job cannot be run by this node.
        case programUnusable = 6

        /// The stable word for it.
        package var reason: String {
            switch self {
            case .program: "PROGRAM_FAILED"
            case .executorCrashed: "EXECUTOR_CRASHED"
            case .executorTimedOut: "EXECUTOR_TIMED_OUT"
            case .interrupted: "INTERRUPTED"
            case .relayReverted: "RELAY_REVERTED"
            case .programUnusable: "PROGRAM_UNUSABLE"
            }
        }
    }

    /// What failed.
    package let cause: Cause

    /// The sentence: for a program it names pc, cycles used and cause. At most
    /// `StoredLimits.failureMessageByteCountMax` bytes of UTF-8.
    package let message: String

    /// A failure; a message that is too long is cut at a character.
    package init(_ cause: Cause, message: String) {
        self.cause = cause
        self.message = Self.bounded(message)
    }

    package var description: String { "\(cause.reason): \(message)" }

    private static func bounded(_ message: String) -> String {
        guard message.utf8.count > StoredLimits.failureMessageByteCountMax else { return message }
        var kept = ""
        var byteCount = 0
        for scalar in message.unicodeScalars {
            byteCount += scalar.utf8.count
            if byteCount > StoredLimits.failureMessageByteCountMax { break }
            kept.unicodeScalars.append(scalar)
        }
        return kept
    }
}
