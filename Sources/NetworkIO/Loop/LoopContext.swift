import NIOCore

/// What belongs to one event loop: its connections, their timers, the answers that come from other
/// threads, its counters.
///
/// `@unchecked Sendable`: `eventLoop`, `mailbox` and `counters` are immutable and safe anywhere; the rest
/// is touched on the loop's thread alone.
final class LoopContext: @unchecked Sendable {
    /// A timer's owner and which of its timers it is.
    struct Timer {
        let target: ReplyTarget
        let id: UInt64
    }

    let eventLoop: any EventLoop
    let mailbox = ReplyMailbox()
    let counters: LoopCounters

    /// The `date` field's value, at most a second old.
    var date: String { dateClock.text(at: now) }

    /// The time of the event that is being handled; reading the clock once for each is enough.
    private(set) var now = NIODeadline.now()

    private var dateClock = HTTPDate.Clock()
    private var wheel: TimerWheel<Timer>
    private var armed: (deadline: UInt64, task: Scheduled<Void>)?
    private var fired: [Timer] = []
    private var connections: [ObjectIdentifier: ReplyTarget] = [:]
    private var flushList: [ReplyTarget] = []
    private var isDeliveringMail = false
    private var emptied: EventLoopPromise<Void>?

    init(eventLoop: any EventLoop, counters: LoopCounters) {
        self.eventLoop = eventLoop
        self.counters = counters
        wheel = TimerWheel(now: NIODeadline.now().uptimeNanoseconds)
    }

    /// Whether the caller runs on this loop.
    var isCurrent: Bool { eventLoop.inEventLoop }

    /// Reads the clock, at the start of an event. Called on the loop.
    @discardableResult
    func refreshNow() -> NIODeadline {
        now = NIODeadline.now()
        return now
    }

    /// How many connections are open. Called on the loop.
    var connectionCount: Int { connections.count }

    // MARK: Connections

    /// Adds a connection; it stays until `remove`. Called on the loop.
    func add(_ connection: ReplyTarget) {
        connections[ObjectIdentifier(connection)] = connection
        if emptied != nil { connection.drain() }
    }

    /// Forgets a connection that is closed. Called on the loop.
    func remove(_ connection: ReplyTarget) {
        connections[ObjectIdentifier(connection)] = nil
        if connections.isEmpty { emptied?.succeed() }
    }

    /// Drains every connection, those still to come included; the future succeeds when none is left.
    /// Called on the loop, once.
    func drain() -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        emptied = promise
        for connection in connections.values { connection.drain() }
        if connections.isEmpty { promise.succeed() }
        return promise.futureResult
    }

    /// Cuts every connection. Called on the loop.
    func abort() {
        for connection in connections.values { connection.abort() }
    }

    // MARK: Output

    /// Delivers what other threads have answered, then writes each connection's share in one go. Called
    /// on the loop.
    func deliverMail() {
        refreshNow()
        isDeliveringMail = true
        for letter in mailbox.takeAll() { letter.target.deliver(letter.answer, for: letter.id) }
        isDeliveringMail = false
        flushPending()
    }

    /// Writes `connection`'s output, at the end of the mail that is being delivered if there is any.
    /// Called on the loop.
    func flushSoon(_ connection: ReplyTarget) {
        guard isDeliveringMail else { return connection.flushOutput() }
        guard !connection.isFlushPending else { return }
        connection.isFlushPending = true
        flushList.append(connection)
    }

    private func flushPending() {
        // Flushing may take up a pipelined request, whose answer may come at once: the list can grow.
        var index = 0
        while index < flushList.count {
            flushList[index].isFlushPending = false
            flushList[index].flushOutput()
            index += 1
        }
        flushList.removeAll(keepingCapacity: true)
    }

    // MARK: Timers

    /// Sets a timer for `target`. Called on the loop.
    func setTimer(
        _ deadline: NIODeadline, for target: ReplyTarget, id: UInt64
    ) -> TimerWheel<Timer>.ID {
        let timer = wheel.set(deadline.uptimeNanoseconds, Timer(target: target, id: id))
        if armed.map({ $0.deadline > deadline.uptimeNanoseconds }) ?? true { arm() }
        return timer
    }

    /// Forgets a timer. Called on the loop.
    func cancelTimer(_ id: TimerWheel<Timer>.ID) {
        wheel.cancel(id)
    }

    private func arm() {
        guard let next = wheel.nextDeadline else { return }
        if let armed, armed.deadline <= next { return }
        armed?.task.cancel()
        let task = eventLoop.scheduleTask(deadline: .uptimeNanoseconds(next)) { [self] in tick() }
        armed = (next, task)
    }

    private func tick() {
        armed = nil
        refreshNow()
        wheel.advance(to: now.uptimeNanoseconds, fired: &fired)
        let due = fired
        fired.removeAll(keepingCapacity: due.count <= 1024)
        for timer in due { timer.target.timerFired(timer.id, at: now) }
        arm()
    }

    /// Stops the clock, so that the loop can end. Called on the loop.
    func stopTimers() {
        armed?.task.cancel()
        armed = nil
    }
}

extension LoopContext {
    /// Drains the loop and cuts what is still open after `limit`. The future succeeds when nothing is left.
    /// Called from any thread.
    func drain(within limit: TimeAmount) -> EventLoopFuture<Void> {
        let cut = eventLoop.scheduleTask(in: limit) { self.abort() }
        return eventLoop.flatSubmit { self.drain() }.map {
            cut.cancel()
            self.stopTimers()
        }
    }
}
