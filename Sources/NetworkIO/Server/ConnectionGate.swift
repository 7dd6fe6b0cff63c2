import NIOCore
import NIOHTTP1

/// The first handler of every connection. It tells the protocols apart by the first bytes and then stays
/// to count what comes in.
///
/// HTTP/2 by prior knowledge begins with 24 fixed bytes (RFC 9113 section 3.4); everything else, and
/// everything that departs from them, is HTTP/1.1's. Until they are there, however they are split,
/// nothing is passed on.
///
/// `@unchecked Sendable` as its superclass: all of it is touched on the loop's thread alone.
final class ConnectionGate: ReplyTarget, ChannelInboundHandler,
    @unchecked Sendable
{
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private enum Phase {
        case undecided(ByteBuffer)
        case http1(HTTP1Connection)
        case http2
        case closed
    }

    private let settings: ConnectionSettings
    private let begun: NIODeadline
    private var phase = Phase.undecided(ByteBuffer())
    private var timer: TimerWheel<LoopContext.Timer>.ID?
    private var context: ChannelHandlerContext?

    init(settings: ConnectionSettings, loop: LoopContext) {
        self.settings = settings
        begun = loop.refreshNow()
        super.init(loop: loop)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        let limit = begun + .seconds(Int64(settings.limits.handshakeSeconds))
        timer = loop.setTimer(limit, for: self, id: 0)
        loop.add(self)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = Self.unwrapInboundIn(data)
        loop.refreshNow()
        loop.counters.bytesIn.bump(bytes.readableBytes)
        switch phase {
        case .undecided(let held): decide(context, held, bytes)
        case .http1(let connection):
            connection.bytesArrived()
            context.fireChannelRead(data)
        case .http2: context.fireChannelRead(data)
        case .closed: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .undecided = phase { leave() }
        phase = .closed
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .undecided = phase {
            // A broken TLS handshake, or a socket error: there is nobody to tell.
            loop.counters.connectionErrors.bump()
            context.close(promise: nil)
        } else {
            context.fireErrorCaught(error)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .undecided = phase, let event = event as? ChannelEvent, event == .inputClosed {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    // MARK: Detection

    private func decide(_ context: ChannelHandlerContext, _ held: ByteBuffer, _ bytes: ByteBuffer) {
        var all = held
        var bytes = bytes
        if all.readableBytes == 0 { all = bytes } else { all.writeBuffer(&bytes) }
        switch FirstBytes.verdict(on: all.readableBytesUInt8Span) {
        case .incomplete: phase = .undecided(all)
        case .different: become(context, all, beginHTTP1)
        case .matches: become(context, all, beginHTTP2)
        }
    }

    private func become(
        _ context: ChannelHandlerContext, _ bytes: ByteBuffer,
        _ begin: (ChannelPipeline.SynchronousOperations) throws -> Void
    ) {
        leave()
        do {
            try begin(context.pipeline.syncOperations)
            context.fireChannelRead(Self.wrapInboundOut(bytes))
        } catch {
            // The pipeline is being torn down.
            phase = .closed
            context.close(promise: nil)
        }
    }

    private func beginHTTP1(_ pipeline: ChannelPipeline.SynchronousOperations) throws {
        var parserLimits = NIOHTTPDecoderLimitConfiguration()
        parserLimits.maxHeaderFieldSize = settings.limits.headerListByteCountMax
        parserLimits.maxHeaderListSize = settings.limits.headerListByteCountMax
        parserLimits.maxHeaderFieldCount = settings.limits.headerFieldCountMax
        let connection = HTTP1Connection(settings: settings, loop: loop, begun: begun)
        phase = .http1(connection)
        let decoder = HTTPRequestDecoder(limitConfiguration: parserLimits)
        try pipeline.addHandler(ByteToMessageHandler(decoder))
        try pipeline.addHandler(connection)
        loop.add(connection)
    }

    private func beginHTTP2(_ pipeline: ChannelPipeline.SynchronousOperations) throws {
        let connection = HTTP2ServerConnection(settings: settings, loop: loop)
        phase = .http2
        try pipeline.addHandler(connection)
        loop.add(connection)
    }

    private func leave() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        loop.remove(self)
    }

    // MARK: As a connection of the loop, until the protocol is known

    override func timerFired(_ id: UInt64, at now: NIODeadline) {
        timer = nil
        loop.counters.timeouts.bump()
        abort()
    }

    override func drain() { abort() }

    override func abort() { context?.close(promise: nil) }

    override func flushOutput() {}
}

/// The first bytes of HTTP/2 by prior knowledge (RFC 9113 section 3.4).
enum FirstBytes {
    /// What some first bytes say.
    enum Verdict: Hashable {
        case incomplete
        case matches
        case different
    }

    static let bytes: [UInt8] = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    static func verdict(on received: Span<UInt8>) -> Verdict {
        let expected = bytes.span
        let count = min(received.count, expected.count)
        for index in 0..<count where received[index] != expected[index] { return .different }
        return count == expected.count ? .matches : .incomplete
    }
}
