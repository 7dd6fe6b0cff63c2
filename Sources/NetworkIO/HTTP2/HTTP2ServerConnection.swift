import GRPCProtocol
import HTTP2
import NIOCore

/// One HTTP/2 connection: moves bytes between the socket and the protocol machine, requests between the
/// machine and the service. It knows no frames.
///
/// Answers made while one read is handled go out in one write. `@unchecked Sendable` as its superclass:
/// all of it is touched on the loop's thread alone.
final class HTTP2ServerConnection: ReplyTarget, ChannelDuplexHandler,
    @unchecked Sendable
{
    typealias InboundIn = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let settings: ConnectionSettings
    var machine: HTTP2Connection

    /// Requests whose answer the service still owes.
    var waiting = WaitingRequests()

    /// The request that is being handed to the service at this moment: an answer that comes at once finds
    /// it here and needs no entry in `waiting`, nor a timer.
    private var dispatched: WaitingRequests.Request?

    private(set) var stalledSince: NIODeadline?
    private(set) var endingSince: NIODeadline?
    private var timer: (id: TimerWheel<LoopContext.Timer>.ID, deadline: NIODeadline)?
    private var context: ChannelHandlerContext?
    private var input = ByteBuffer()
    private var output = ByteBuffer()
    private var isBusy = false
    private var isReadHeld = false
    private var isInputHeld = false

    init(settings: ConnectionSettings, loop: LoopContext) {
        self.settings = settings
        machine = HTTP2Connection(
            role: .server, limits: settings.shared.http2Limits,
            delivery: settings.shared.deliveryRules, at: loop.now.uptimeNanoseconds)
        super.init(loop: loop)
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = Self.unwrapInboundIn(data)
        if input.readableBytes == 0 {
            input = bytes
        } else {
            input.discardReadBytes()
            input.writeBuffer(&bytes)
        }
        isBusy = true
        takeInput()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isBusy = false
        flushOutput()
    }

    func read(context: ChannelHandlerContext) {
        if stalledSince != nil || isInputHeld { isReadHeld = true } else { context.read() }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stalledSince = context.channel.isWritable ? nil : loop.now
        // Filling up is noticed by whoever writes; draining lets more be taken.
        if stalledSince == nil && !isBusy { flushOutput() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { abort() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        machine.inputEnded()
        takeEvents()
        cancelAll()
        if let timer { loop.cancelTimer(timer.id) }
        timer = nil
        endingSince = loop.now
        loop.remove(self)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A socket or TLS error: there is nobody to tell.
        context.close(promise: nil)
    }

    // MARK: Input

    /// Feeds the machine, as long as it takes something.
    private func takeInput() {
        repeat {
            let consumed = machine.receive(
                input.readableBytesUInt8Span, at: loop.now.uptimeNanoseconds)
            input.moveReaderIndex(forwardBy: consumed)
            isInputHeld = machine.isHeldBack
            takeEvents()
            guard isInputHeld else { return }
            // It wants its events or output to be taken first. If the socket takes no more of that, the rest
            // of the input has to wait.
            if machine.isHeldBack { _ = writeOutput() }
        } while !machine.isHeldBack
    }

    private func takeEvents() {
        while let event = machine.nextEvent() {
            switch event {
            case .messageReceived(let message): receive(message)
            case .bodyTooLarge(let stream, let head): refuseBody(of: stream, head)
            case .streamReset(let stream, _, _): cancel(stream)
            case .connectionFailed(let error): failed(error)
            case .goAwayReceived, .backlogDrained: break
            // Only with `BodyDelivery.incremental`.
            case .headReceived, .bodyReceived, .messageEnded: break
            }
        }
    }

    private func failed(_ error: HTTP2ConnectionError) {
        switch error.reason {
        case .idleTimeout: break
        case .handshakeTimeout, .settingsTimeout, .requestTimeout: loop.counters.timeouts.bump()
        default: loop.counters.connectionErrors.bump()
        }
    }

    // MARK: Output

    override func flushOutput() {
        guard !isBusy else { return }
        isBusy = true
        var hasWritten: Bool
        repeat {
            // Writing may fill the socket and drain it again before it returns, so look at both each time.
            hasWritten = writeOutput()
            if isInputHeld, !machine.isHeldBack { takeInput() }
        } while hasWritten && stalledSince == nil && machine.hasOutput
        isBusy = false
        endIfFinished()
        if isReadHeld && stalledSince == nil && !isInputHeld {
            isReadHeld = false
            context?.read()
        }
        armTimer()
    }

    /// Writes as much as the socket takes; false when there was nothing to write.
    private func writeOutput() -> Bool {
        guard let context, endingSince == nil else { return false }
        var hasWritten = false
        while stalledSince == nil, takeOutput() {
            loop.counters.bytesOut.bump(output.readableBytes)
            context.write(Self.wrapOutboundOut(output), promise: nil)
            hasWritten = true
        }
        guard hasWritten else { return false }
        context.flush()
        // Written already, as a rule, and then the storage is ours again; else a new one is made.
        if output.capacity > settings.limits.keptBufferByteCountMax {
            output = ByteBuffer()
        } else {
            output.clear()
        }
        return true
    }

    /// Fills `output` with the machine's next bytes; false when there are none.
    private func takeOutput() -> Bool {
        output.clear()
        // A byte has no padding that could be read uninitialised.
        return machine.withNextOutput { unsafe output.writeBytes($0.bytes) } != nil
    }

    /// Half-closes once the last frame is out; the other half stays open for a while, because closing with
    /// unread input would reset the connection and could take GOAWAY along.
    private func endIfFinished() {
        guard let context, endingSince == nil, machine.isFinished else { return }
        endingSince = loop.now
        let promise = context.eventLoop.makePromise(of: Void.self)
        promise.futureResult.assumeIsolated().whenComplete { [self] _ in
            self.context?.close(mode: .output, promise: nil)
        }
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer()), promise: promise)
    }

    // MARK: Answers

    override func deliver(_ answer: ReplyAnswer, for id: UInt64) {
        guard var request = take(id) else { return }
        switch answer {
        case .http(let response): send(response, for: request.id)
        case .grpc(let outcome): request.call?.end(with: outcome, on: &machine)
        }
        if !isBusy { loop.flushSoon(self) }
    }

    private func take(_ id: UInt64) -> WaitingRequests.Request? {
        if dispatched?.id.rawValue == id {
            defer { dispatched = nil }
            return dispatched
        }
        let request = waiting.remove(id)
        if let timer = request?.timer { loop.cancelTimer(timer) }
        return request
    }

    /// Hands a request to the service through `handle`, and notes it as waiting if it was not answered at
    /// once.
    func dispatch(_ request: WaitingRequests.Request, _ handle: () -> Void) {
        dispatched = request
        handle()
        guard var request = dispatched else { return }
        dispatched = nil
        if let deadline = request.call?.deadline {
            request.timer = loop.setTimer(
                .uptimeNanoseconds(deadline), for: self, id: request.id.rawValue)
        }
        waiting.add(request)
    }

    /// Ends a call whose caller waits no longer, whatever the service is doing.
    func deadlinePassed(_ id: UInt64) {
        guard var request = waiting.remove(id) else { return }
        request.gate.cancel()
        loop.counters.deadlinesExceeded.bump()
        let status = GRPCStatus(
            .deadlineExceeded, "the deadline passed before the answer was ready")
        request.call?.end(with: .failure(status, trailers: [:]), on: &machine)
        loop.flushSoon(self)
    }

    /// Tells the service that nobody waits any more.
    private func cancel(_ stream: HTTP2StreamID) {
        // A reset can't come while the service is being called, so the request is not `dispatched`.
        guard let request = waiting.remove(stream: stream) else { return }
        if let timer = request.timer { loop.cancelTimer(timer) }
        request.gate.cancel()
        loop.counters.cancellations.bump()
    }

    private func cancelAll() {
        for request in waiting.removeAll() {
            if let timer = request.timer { loop.cancelTimer(timer) }
            request.gate.cancel()
            loop.counters.cancellations.bump()
        }
    }

    // MARK: Ending

    override func drain() {
        machine.shutDown(at: loop.refreshNow().uptimeNanoseconds)
        if !isBusy { flushOutput() }
    }

    override func abort() {
        context?.close(promise: nil)
    }

    // MARK: Timers

    override func timerFired(_ id: UInt64, at now: NIODeadline) {
        guard id == 0 else { return deadlinePassed(id) }
        timer = nil
        if let limit = socketTimeLimit, now >= limit {
            if stalledSince != nil { loop.counters.timeouts.bump() }
            return abort()
        }
        machine.deadlineReached(at: now.uptimeNanoseconds)
        takeEvents()
        flushOutput()
    }

    /// When the socket itself runs out of time, whatever the protocol says.
    private var socketTimeLimit: NIODeadline? {
        let limits = settings.limits
        if let endingSince { return endingSince + .seconds(Int64(limits.lingerSeconds)) }
        return stalledSince.map { $0 + .seconds(Int64(limits.stalledWriteSeconds)) }
    }

    private func armTimer() {
        guard context != nil else { return }
        var limit = socketTimeLimit ?? .distantFuture
        if let due = machine.deadline { limit = min(limit, .uptimeNanoseconds(due)) }
        guard limit < .distantFuture else { return }
        if let timer {
            if timer.deadline <= limit { return }
            loop.cancelTimer(timer.id)
        }
        timer = (loop.setTimer(limit, for: self, id: 0), limit)
    }
}
