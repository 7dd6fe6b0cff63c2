/// The states of a job and what moves it between them (DESIGN.md section 4).
///
///     from              event             to
///     PENDING           started           RUNNING
///     RUNNING           succeeded         DONE
///     RUNNING           interrupted       PENDING, or FAILED when it happened too often
///     RUNNING           nodeRestarted     PENDING
///     PENDING, RUNNING  failed            FAILED
///     PENDING, RUNNING  cancelled         CANCELLED
///     PENDING, RUNNING  deadlinePassed    EXPIRED, when the deadline has passed
///     DONE, if posted   relayAdvanced     DONE
///     DONE, if posted   relayConfirmed    RELAYED
///     DONE, if posted   relayRefused      FAILED
///     RELAYED           relayReorganised  DONE
///
/// relayAdvanced leaves a posted DONE job where it is and notes what happened. A job that nobody
/// posts ends at DONE. An executor's `failed` never undoes a result that is there. FAILED,
/// CANCELLED and EXPIRED never change.
package enum JobLifecycle {
    /// What of a job decides how events move it.
    package struct Condition: Hashable, Sendable {
        package var status: JobStatus
        /// Whether the result goes to the chain; known once the job is DONE.
        package var isPosted: Bool
        /// Whether the time to live has passed.
        package var isOverdue: Bool
        /// Whether one more interruption is too many.
        package var isInterruptedTooOften: Bool

        package init(
            status: JobStatus, isPosted: Bool = false, isOverdue: Bool = false,
            isInterruptedTooOften: Bool = false
        ) {
            self.status = status
            self.isPosted = isPosted
            self.isOverdue = isOverdue
            self.isInterruptedTooOften = isInterruptedTooOften
        }
    }

    /// The status after `event`; throws when the event does not apply.
    package static func status(
        after event: JobEvent, in condition: Condition
    ) throws(TransitionError) -> JobStatus {
        switch condition.status {
        case .pending: try afterPending(event, condition)
        case .running: try afterRunning(event, condition)
        case .done: try afterDone(event, condition)
        case .relayed: try afterRelayed(event)
        case .failed, .cancelled, .expired: throw .jobHasEnded(condition.status)
        }
    }

    private static func afterPending(
        _ event: JobEvent, _ condition: Condition
    ) throws(TransitionError) -> JobStatus {
        switch event {
        case .started: return .running
        case .failed: return .failed
        case .cancelled: return .cancelled
        case .deadlinePassed: return try expired(condition)
        case .interrupted, .nodeRestarted, .succeeded, .relayAdvanced, .relayConfirmed,
            .relayRefused, .relayReorganised:
            throw .notInState(.pending)
        }
    }

    private static func afterRunning(
        _ event: JobEvent, _ condition: Condition
    ) throws(TransitionError) -> JobStatus {
        switch event {
        case .succeeded: return .done
        case .failed: return .failed
        case .cancelled: return .cancelled
        case .deadlinePassed: return try expired(condition)
        case .interrupted: return condition.isInterruptedTooOften ? .failed : .pending
        case .nodeRestarted: return .pending
        case .started, .relayAdvanced, .relayConfirmed, .relayRefused, .relayReorganised:
            throw .notInState(.running)
        }
    }

    private static func afterDone(
        _ event: JobEvent, _ condition: Condition
    ) throws(TransitionError) -> JobStatus {
        switch event {
        case .relayAdvanced: return try posted(.done, condition)
        case .relayConfirmed: return try posted(.relayed, condition)
        case .relayRefused: return try posted(.failed, condition)
        case .started, .interrupted, .nodeRestarted, .succeeded, .failed, .cancelled,
            .deadlinePassed, .relayReorganised:
            throw .notInState(.done)
        }
    }

    private static func afterRelayed(_ event: JobEvent) throws(TransitionError) -> JobStatus {
        guard case .relayReorganised = event else { throw .jobHasEnded(.relayed) }
        return .done
    }

    private static func posted(
        _ status: JobStatus, _ condition: Condition
    ) throws(TransitionError) -> JobStatus {
        guard condition.isPosted else { throw .notPosted }
        return status
    }

    private static func expired(_ condition: Condition) throws(TransitionError) -> JobStatus {
        guard condition.isOverdue else { throw .deadlineNotReached }
        return .expired
    }
}
