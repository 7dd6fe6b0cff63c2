import NIOCore

/// A connection as its replies see it. Not final: each protocol's connection is a subclass, so that a
/// reply needs neither a generic parameter nor an existential to find its way.
///
/// `@unchecked Sendable`: replies carry the reference to other threads, but there they only use `loop`,
/// which is immutable. Everything else is touched on the loop's thread alone.
class ReplyTarget: @unchecked Sendable {
    /// The loop that owns the connection.
    final let loop: LoopContext

    /// Whether the connection is on the loop's list of connections to flush.
    final var isFlushPending = false

    init(loop: LoopContext) {
        self.loop = loop
    }

    /// Takes the answer for request `id`. Called on the loop; unknown ids are dropped.
    func deliver(_ answer: ReplyAnswer, for id: UInt64) {
        preconditionFailure("a connection delivers its replies")
    }

    /// Writes out what was delivered. Called on the loop.
    func flushOutput() {
        preconditionFailure("a connection flushes its output")
    }

    /// The time set for `id` (0 is the connection's own timer) has come. Called on the loop.
    func timerFired(_ id: UInt64, at now: NIODeadline) {
        preconditionFailure("a connection has timers")
    }

    /// Take nothing new, finish what is in flight, close. Called on the loop.
    func drain() {
        preconditionFailure("a connection drains")
    }

    /// Close at once. Called on the loop.
    func abort() {
        preconditionFailure("a connection can be cut")
    }

    /// Takes the answer now on the loop, or through its mailbox.
    final func post(_ answer: ReplyAnswer, for id: UInt64) {
        if loop.isCurrent {
            deliver(answer, for: id)
        } else {
            loop.mailbox.put(ReplyMailbox.Letter(target: self, id: id, answer: answer), on: loop)
        }
    }
}
