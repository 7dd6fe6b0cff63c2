/// One open stream. The states of RFC 9113 section 5.1 are the products of its two sides:
///
///     inbound \ outbound │ head, body, ending │ ended
///     ───────────────────┼────────────────────┼──────────────────────
///     head, body         │ open               │ half-closed (local)
///     ended              │ half-closed (rem.) │ closed: not in the table
///
/// A stream that is not in the table is idle above the highest number its opener used, else closed.
struct HTTP2Stream {
    /// What the peer has sent.
    enum Inbound {
        /// Nothing; only on a client, which waits for the head (or another interim one).
        case head
        case body
        case ended
    }

    /// What this side has sent.
    enum Outbound {
        case head
        case body
        /// The end was asked for and waits behind data that the window holds back.
        case ending
        case ended
    }

    /// What follows the data held back.
    enum Ending {
        case none
        case endStream
        case trailers(HTTP2HeaderList)
        case block(HTTP2HeaderBlock)
    }

    let id: UInt32
    var inbound: Inbound
    var outbound: Outbound = .head

    /// Bytes this side may still send; below 0 when the peer's SETTINGS shrank it.
    var sendWindow: Int
    var receiveWindow: ReceiveWindow
    var openedAt: UInt64

    var delivery = BodyDelivery.whole

    /// The largest body collected.
    var bodyByteCountMax = 0

    /// The head, until the whole message is there (`BodyDelivery.whole`).
    var head: HTTP2Head?
    var body: [UInt8] = []

    /// The announced length of the body; nil when unknown or meaningless.
    var contentLength: Int?
    var receivedByteCount = 0

    /// The driver knows of this stream and must hear of its end.
    var isReported = false

    /// The body is too large and dropped as it comes.
    var isDiscarding = false
    var largeBody = LargeBody.none

    /// A client's HEAD request, whose answer has a length but no body.
    var isHeadRequest = false

    /// Data held back, from `heldOffset` on.
    var held: [UInt8] = []

    /// When data was held back first or some of it was sent last.
    var heldSince: UInt64 = 0
    var heldOffset = 0
    var ending = Ending.none
    var isInSendQueue = false

    /// Its place among the streams whose body may outgrow the first window.
    enum LargeBody {
        case none
        case waiting
        case holding
    }

    init(
        id: UInt32, inbound: Inbound, sendWindow: Int, receiveWindow: ReceiveWindow, now: UInt64
    ) {
        self.id = id
        self.inbound = inbound
        self.sendWindow = sendWindow
        self.receiveWindow = receiveWindow
        openedAt = now
    }

    /// Moves held data to the front of its buffer once most of the buffer was sent.
    mutating func dropSentBytes() {
        guard heldOffset > 65_536, heldOffset * 2 > held.count else { return }
        held.removeFirst(heldOffset)
        heldOffset = 0
    }

    /// Bytes held back.
    var heldByteCount: Int { held.count - heldOffset }
}
