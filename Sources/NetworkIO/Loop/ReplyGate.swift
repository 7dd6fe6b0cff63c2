import Synchronization

/// Lets one completion through, on whatever thread it comes, to the connection that waits for it.
///
///     open --pass--> answered          open --cancel--> cancelled
///
/// The first transition wins; every later call does nothing. Shared by the reply, which the service
/// holds, and the connection, which cancels.
final class ReplyGate: Sendable {
    private enum Phase {
        static let open: UInt8 = 0
        static let answered: UInt8 = 1
        static let cancelled: UInt8 = 2
    }

    /// The connection's name for the request.
    let id: UInt64

    private let target: ReplyTarget
    private let phase = Atomic<UInt8>(Phase.open)

    init(target: ReplyTarget, id: UInt64) {
        self.target = target
        self.id = id
    }

    /// Whether nobody waits for the answer any more.
    var isCancelled: Bool { phase.load(ordering: .relaxed) == Phase.cancelled }

    /// Hands over the answer: straight to the connection on its own loop, through the mailbox elsewhere.
    func pass(_ answer: @autoclosure () -> ReplyAnswer) {
        guard leaveOpen(for: Phase.answered) else { return }
        target.post(answer(), for: id)
    }

    /// Nobody waits any more. Called on the connection's loop.
    func cancel() {
        _ = leaveOpen(for: Phase.cancelled)
    }

    private func leaveOpen(for next: UInt8) -> Bool {
        phase.compareExchange(
            expected: Phase.open, desired: next, ordering: .acquiringAndReleasing
        ).exchanged
    }
}

/// What a service answered.
enum ReplyAnswer: Sendable {
    case http(HTTPResponse)
    case grpc(GRPCOutcome)
}
