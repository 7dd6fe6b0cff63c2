import EthereumRPC
import Synchronization

/// What a poster asked of the chain and how it ended, so that a test can wait for the poster having
/// seen something instead of giving it some time for that.
final class RequestLog: Sendable {
    private struct State {
        var answerCounts: [String: Int] = [:]
        var failureCount = 0
    }

    private let state = Mutex(State())

    var observer: RPCObserver {
        RPCObserver { [self] request in
            state.withLock { state in
                if request.error == nil {
                    state.answerCounts[request.method, default: 0] += 1
                } else {
                    state.failureCount += 1
                }
            }
        }
    }

    /// The requests that got no answer.
    var failureCount: Int { state.withLock { $0.failureCount } }

    /// The requests that were answered.
    var answerCount: Int { state.withLock { $0.answerCounts.values.reduce(0, +) } }

    /// The answered requests that began with this method.
    func answerCount(_ method: String) -> Int {
        state.withLock { $0.answerCounts[method] ?? 0 }
    }
}
