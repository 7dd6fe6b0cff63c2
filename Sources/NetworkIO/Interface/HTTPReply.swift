/// The way back for one HTTP request. Complete it once, at once or later, from any thread; whatever comes
/// after the first completion, or after the client has gone, is dropped.
///
/// A reply released without an answer answers 500 by itself, so no client waits for a lost request.
/// Streamed bodies will begin here, as a second way to complete, beside `complete`.
package final class HTTPReply: Sendable {
    private let gate: ReplyGate

    init(gate: ReplyGate) {
        self.gate = gate
    }

    deinit {
        gate.pass(.http(FrontRefusal.noAnswer.httpResponse))
    }

    /// Whether the client has gone or the connection was closed: work for it may stop.
    package var isCancelled: Bool { gate.isCancelled }

    /// Answers the request.
    package func complete(_ response: HTTPResponse) {
        gate.pass(.http(response))
    }
}
