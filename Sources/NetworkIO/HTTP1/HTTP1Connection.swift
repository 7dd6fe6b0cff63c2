import NIOCore
import NIOHTTP1

/// One HTTP/1.0 or HTTP/1.1 connection, behind NIO's request parser.
///
///     waiting --head--> receiving --end--> answering --answer--> waiting
///        |                  |                  |
///        +----- refusal ----+------------------+--> lingering --end of input or time--> closed
///
/// Requests are answered one at a time, in order, as RFC 9112 section 9.3.2 asks for all but safe
/// methods. What a client sends ahead (pipelining) waits in `pipelined`, and nothing more is read
/// meanwhile. Answers made while one read is handled go out in one write.
///
/// `@unchecked Sendable` as its superclass: all of it is touched on the loop's thread alone.
final class HTTP1Connection: ReplyTarget, ChannelDuplexHandler,
    @unchecked Sendable
{
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Where the connection is in the exchange.
    enum Phase {
        case waiting(since: NIODeadline)
        case receiving(HTTP1RequestHead, since: NIODeadline)
        case answering(ReplyGate, HTTP1ResponseWriter.Framing)
        case lingering(since: NIODeadline)
    }

    /// What came ahead of its turn.
    private enum Ahead {
        case part(HTTPServerRequestPart)
        case refusal(FrontRefusal)
    }

    let settings: ConnectionSettings
    var phase: Phase

    /// When the first byte of a head that is still incomplete came, or the connection was made.
    var headBegun: NIODeadline?

    /// The body of the request that is being received.
    private(set) var body: [UInt8] = []

    /// What the service allows that body.
    private var bodyByteCountMax = 0

    /// Since when the send buffer is full.
    private(set) var stalledSince: NIODeadline?

    var timer: (id: TimerWheel<LoopContext.Timer>.ID, deadline: NIODeadline)?

    private var context: ChannelHandlerContext?
    private var output = ByteBuffer()
    private var pipelined = CircularBuffer<Ahead>()
    private var lastID: UInt64 = 0
    private var bodyCharge = 0
    private var isBusy = false
    private var isReadHeld = false
    private var closesAfterAnswer = false
    private var isEnding = false
    private var inputHasEnded = false
    private var outputHasEnded = false

    init(settings: ConnectionSettings, loop: LoopContext, begun: NIODeadline) {
        self.settings = settings
        phase = .waiting(since: begun)
        headBegun = begun
        super.init(loop: loop)
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        armTimer()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = Self.unwrapInboundIn(data)
        isBusy = true
        if mayProceed && pipelined.isEmpty { receive(part) } else { keep(.part(part)) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isBusy = false
        flushOutput()
    }

    func read(context: ChannelHandlerContext) {
        if holdsReads { isReadHeld = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stalledSince = context.channel.isWritable ? nil : loop.now
        // Filling up is noticed by whoever writes; draining lets the next request begin.
        if stalledSince == nil && !isBusy { flushOutput() } else { armTimer() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { inputClosed() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .answering(let gate, _) = phase {
            gate.cancel()
            loop.counters.cancellations.bump()
        }
        endExchange()
        pipelined.removeAll()
        phase = .lingering(since: loop.now)
        if let timer { loop.cancelTimer(timer.id) }
        timer = nil
        loop.remove(self)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let refusal = HTTP1ParserErrors.refusal(for: error, limits: settings.limits) else {
            return context.close(promise: nil)
        }
        if mayProceed && pipelined.isEmpty { refuse(refusal) } else { keep(.refusal(refusal)) }
        if !isBusy { flushOutput() }
    }

    /// The client will send nothing more. What it has asked for is still answered.
    private func inputClosed() {
        inputHasEnded = true
        if outputHasEnded { return abort() }
        if !isBusy { flushOutput() }
    }

    // MARK: Requests

    /// Whether a request part can be handled now, rather than wait.
    private var mayProceed: Bool {
        if case .answering = phase { return false }
        return output.readableBytes < settings.limits.outputByteCountHigh && stalledSince == nil
    }

    private var holdsReads: Bool { !pipelined.isEmpty || stalledSince != nil }

    private func keep(_ ahead: Ahead) {
        if case .lingering = phase { return }
        guard pipelined.count < settings.limits.pipelinedPartCountMax else { return abort() }
        pipelined.append(ahead)
    }

    private func receive(_ part: HTTPServerRequestPart) {
        switch part {
        case .head(let head): begin(head)
        case .body(let bytes): append(bytes)
        case .end: finishRequest()
        }
    }

    private func begin(_ raw: HTTPRequestHead) {
        guard case .waiting = phase else { return }
        headBegun = nil
        let head: HTTP1RequestHead
        do throws(HTTP1Refusal) {
            head = try HTTP1RequestHead(raw)
        } catch {
            return refuse(error.refusal)
        }
        if settings.listener == .grpcOnly { return refuse(.grpcOnly) }
        let length = head.contentLength ?? 0
        bodyByteCountMax = settings.service.bodyByteCountMax(
            method: head.method, target: head.target)
        guard length <= bodyByteCountMax else {
            return refuse(.bodyTooLarge(byteCountMax: bodyByteCountMax))
        }
        phase = .receiving(head, since: loop.now)
        body.reserveCapacity(min(length, settings.limits.keptBufferByteCountMax))
        if head.expectsContinue { output.writeStaticString(HTTP1ResponseWriter.continueLine) }
    }

    private func append(_ bytes: ByteBuffer) {
        guard case .receiving = phase else { return }
        guard bytes.readableBytes <= bodyByteCountMax - body.count else {
            return refuse(.bodyTooLarge(byteCountMax: bodyByteCountMax))
        }
        guard settings.bodyBudget.take(bytes.readableBytes) else { return refuse(.overloaded) }
        bodyCharge += bytes.readableBytes
        // The pointer is valid inside the closure, and the append copies from it there.
        unsafe bytes.withUnsafeReadableBytes { unsafe body.append(contentsOf: $0) }
    }

    private func finishRequest() {
        guard case .receiving(let head, _) = phase else { return }
        lastID += 1
        let gate = ReplyGate(target: self, id: lastID)
        phase = .answering(gate, head.framing)
        let request = HTTPRequest(
            method: head.method, target: head.target, headers: head.headers, body: body,
            remoteAddress: settings.remoteAddress, version: head.isHTTP10 ? .http10 : .http11,
            listener: settings.listener)
        endExchange()
        loop.counters.http1Requests.bump()
        settings.service.handle(request, reply: HTTPReply(gate: gate))
    }

    /// Lets go of the request's body.
    private func endExchange() {
        body = []
        settings.bodyBudget.give(bodyCharge)
        bodyCharge = 0
    }

    // MARK: Responses

    override func deliver(_ answer: ReplyAnswer, for id: UInt64) {
        guard case .answering(let gate, let framing) = phase, gate.id == id,
            case .http(let response) = answer
        else { return }
        write(response, framing)
        if !isBusy { loop.flushSoon(self) }
    }

    /// Answers in the service's place and closes: what follows can't be told apart from the refused
    /// request's rest.
    func refuse(_ refusal: FrontRefusal) {
        if case .lingering = phase { return }
        loop.counters.requestsRefused.bump()
        if case .malformed = refusal { loop.counters.connectionErrors.bump() }
        var isHead = false
        if case .receiving(let head, _) = phase { isHead = head.method == "HEAD" }
        endExchange()
        write(
            refusal.httpResponse,
            HTTP1ResponseWriter.Framing(isHTTP10: false, isHead: isHead, keepsAlive: false))
    }

    private func write(_ response: HTTPResponse, _ framing: HTTP1ResponseWriter.Framing) {
        let keepsAlive = framing.keepsAlive && !closesAfterAnswer
        let framing = HTTP1ResponseWriter.Framing(
            isHTTP10: framing.isHTTP10, isHead: framing.isHead, keepsAlive: keepsAlive)
        HTTP1ResponseWriter.write(response, framing, date: loop.date, to: &output)
        phase = keepsAlive ? .waiting(since: loop.now) : .lingering(since: loop.now)
    }

    override func flushOutput() {
        // Writing may change the writability, once or twice, before it returns: that must not lead back here.
        guard !isBusy else { return }
        isBusy = true
        repeat {
            takeUpPipelined()
            writeOutput()
        } while mayProceed && !pipelined.isEmpty
        isBusy = false
        if isReadHeld && !holdsReads {
            isReadHeld = false
            context?.read()
        }
        armTimer()
    }

    /// Handles what had to wait, as far as answers come at once.
    private func takeUpPipelined() {
        while mayProceed, let next = pipelined.popFirst() {
            switch next {
            case .part(let part): receive(part)
            case .refusal(let refusal): refuse(refusal)
            }
        }
    }

    private func writeOutput() {
        guard let context, !isEnding else { return }
        isEnding = endsAfterOutput
        guard isEnding || output.readableBytes > 0 else { return }
        loop.counters.bytesOut.bump(output.readableBytes)
        let promise = isEnding ? closingPromise(context) : nil
        context.writeAndFlush(Self.wrapOutboundOut(output), promise: promise)
        // Written already, as a rule, and then the storage is ours again; else a new one is made.
        if output.capacity > settings.limits.keptBufferByteCountMax {
            output = ByteBuffer()
        } else {
            output.clear()
        }
    }

    /// Whether nothing will follow what is in the output now.
    private var endsAfterOutput: Bool {
        switch phase {
        case .lingering: true
        case .waiting: inputHasEnded && pipelined.isEmpty
        case .receiving, .answering: false
        }
    }

    /// Half-closes once the last answer is out. The other half stays open for a while, because closing
    /// with unread input would reset the connection and could take the answer along.
    private func closingPromise(_ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] _ in
            guard !inputHasEnded else { return abort() }
            outputHasEnded = true
            self.context?.close(mode: .output, promise: nil)
        }
        return promise
    }

    // MARK: Ending

    override func drain() {
        switch phase {
        case .waiting:
            closesAfterAnswer = true
            if pipelined.isEmpty && output.readableBytes == 0 { abort() }
        case .receiving, .answering: closesAfterAnswer = true
        case .lingering: break
        }
    }

    override func abort() {
        context?.close(promise: nil)
    }

    override func timerFired(_ id: UInt64, at now: NIODeadline) {
        timer = nil
        handleTimer(at: now)
    }
}
