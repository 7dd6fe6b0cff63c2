internal import JobEngine
internal import JobStore
internal import Synchronization

/// Tells the parts of the node what became durable. The store is opened before those parts exist, so
/// they are connected afterwards; called on the committer's thread.
final class CommitRelay: Sendable {
    private struct Listeners: Sendable {
        var dispatcher: JobDispatcher?
        var poster: PosterBridge?
    }

    private let listeners = Mutex(Listeners())

    func connect(dispatcher: JobDispatcher?, poster: PosterBridge?) {
        listeners.withLock { $0 = Listeners(dispatcher: dispatcher, poster: poster) }
    }

    func committed(_ commit: StoreCommit) {
        let listeners = listeners.withLock { $0 }
        var hasNewJobs = false
        for transition in commit.transitions {
            switch (transition.from, transition.status) {
            case (_, .pending): hasNewJobs = true
            case (.running, .cancelled), (.running, .expired):
                listeners.dispatcher?.jobCancelled(transition.jobID)
            default: break
            }
            listeners.poster?.changed(transition)
        }
        if hasNewJobs { listeners.dispatcher?.jobsMayWait() }
    }
}
