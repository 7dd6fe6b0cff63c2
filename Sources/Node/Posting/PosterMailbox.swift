internal import PostingEngine
internal import Synchronization

/// Messages to the poster's loop, in order.
///
/// Answers to the engine's own actions are bounded by what it may have in flight. Postings from outside
/// are bounded by `postingCountMax`: further ones are left out, which is noted, and read back from the
/// outbox later.
final class PosterMailbox: Sendable {
    enum Message: Sendable {
        case event(PostingEvent)
        /// Something to be done with the engine between two events.
        case inspect(@Sendable (borrowing PostingEngine) -> Void)
        /// Postings were left out.
        case reload
        /// The store can't write any more.
        case storeFailed(String)
        case stop
    }

    private struct State {
        var messages: [Message] = []
        var postingCount = 0
        var isReloadNoted = false
        var isClosed = false
        var waiter: CheckedContinuation<[Message], Never>?
    }

    private let state = Mutex(State())
    private let postingCountMax: Int

    init(postingCountMax: Int = PosterLimits.waitingPostingCountMax) {
        self.postingCountMax = postingCountMax
    }

    func send(_ message: Message) {
        deliver { state in
            guard !state.isClosed else { return }
            state.messages.append(message)
        }
    }

    func send(posting record: PostingRecord) {
        deliver { [postingCountMax] state in
            guard !state.isClosed, !state.isReloadNoted else { return }
            guard state.postingCount < postingCountMax else {
                state.isReloadNoted = true
                state.messages.append(.reload)
                return
            }
            state.postingCount += 1
            state.messages.append(.event(.postingAdded(record)))
        }
    }

    /// Ordered jobs that are announced in messages not yet taken.
    var announcedOrderedJobs: [OrderedJob] {
        state.withLock { state in
            state.messages.compactMap { message in
                guard case .event(.orderedJobAccepted(let job)) = message else { return nil }
                return job
            }
        }
    }

    /// All messages that are there; waits for one when there is none. For the loop only.
    func next() async -> [Message] {
        await withCheckedContinuation { continuation in
            deliver { state in
                precondition(state.waiter == nil, "one loop reads the mailbox")
                state.waiter = continuation
            }
        }
    }

    /// Takes nothing more; what is there is thrown away.
    func close() {
        deliver { state in
            state.messages = [.stop]
            state.isClosed = true
        }
    }

    private func deliver(_ change: (inout State) -> Void) {
        let delivery = state.withLock { state -> Delivery? in
            change(&state)
            guard let waiter = state.waiter, !state.messages.isEmpty else { return nil }
            let delivery = Delivery(waiter: waiter, messages: state.messages)
            state.waiter = nil
            state.messages = []
            state.postingCount = 0
            state.isReloadNoted = false
            return delivery
        }
        delivery?.resume()
    }

    private struct Delivery {
        let waiter: CheckedContinuation<[Message], Never>
        let messages: [Message]

        func resume() {
            waiter.resume(returning: messages)
        }
    }
}
