import GRPCProtocol
import HTTP2
import NIOCore

/// What is to be known of a request when its answer comes, in one number: the stream, and how to answer.
struct RequestID: RawRepresentable, Hashable {
    let rawValue: UInt64

    private static let headBit: UInt64 = 1 << 32

    init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    init(_ stream: HTTP2StreamID, isHead: Bool = false) {
        rawValue = UInt64(stream.rawValue) | (isHead ? Self.headBit : 0)
    }

    /// The stream to answer on.
    var stream: HTTP2StreamID { HTTP2StreamID(UInt32(truncatingIfNeeded: rawValue)) }

    /// Whether the body is to be left out.
    var isHead: Bool { rawValue & Self.headBit != 0 }
}

/// The requests of one connection that the service has not answered yet: at most as many as there are
/// streams, so a linear search is quicker than hashing.
struct WaitingRequests {
    /// One of them.
    struct Request {
        let id: RequestID
        let gate: ReplyGate

        /// How to answer a gRPC call; nil for a plain request.
        var call: GRPCServerCall?

        /// The call's deadline.
        var timer: TimerWheel<LoopContext.Timer>.ID?
    }

    private var requests: [Request] = []

    /// Adds a request.
    mutating func add(_ request: Request) {
        requests.append(request)
    }

    /// Takes a request out by the id of its reply.
    mutating func remove(_ id: UInt64) -> Request? {
        take(requests.firstIndex { $0.id.rawValue == id })
    }

    /// Takes a request out by its stream.
    mutating func remove(stream: HTTP2StreamID) -> Request? {
        take(requests.firstIndex { $0.id.stream == stream })
    }

    /// Takes all out.
    mutating func removeAll() -> [Request] {
        let all = requests
        requests = []
        return all
    }

    private mutating func take(_ index: Int?) -> Request? {
        guard let index else { return nil }
        requests.swapAt(index, requests.count - 1)
        return requests.removeLast()
    }
}
