import NIOCore
import Synchronization

/// Answers on their way from other threads to a loop. The first of a batch wakes the loop; those that
/// come before it has looked travel along for free.
///
/// It holds at most one letter for each request in flight, which the limits on connections and streams
/// bound.
final class ReplyMailbox: Sendable {
    /// One answer and whom it is for.
    struct Letter: Sendable {
        let target: ReplyTarget
        let id: UInt64
        let answer: ReplyAnswer
    }

    private let letters = Mutex<[Letter]>([])

    /// Adds a letter. Called on any thread.
    func put(_ letter: Letter, on loop: LoopContext) {
        let wasEmpty = letters.withLock { letters in
            letters.append(letter)
            return letters.count == 1
        }
        if wasEmpty { loop.eventLoop.execute { loop.deliverMail() } }
    }

    /// Takes all letters, in the order they came.
    func takeAll() -> [Letter] {
        letters.withLock { letters in
            let taken = letters
            letters = []
            return taken
        }
    }
}
