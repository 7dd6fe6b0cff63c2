/// Many timers that are mostly cancelled before they fire: setting and cancelling are a few stores each,
/// and nothing is allocated once the table has grown to the number of timers alive.
///
/// A ring of 512 slots, each 8 ms wide; a timer further away than one turn stays in its slot for as many
/// turns as it takes. Times are nanoseconds of a monotonic clock; timers fire up to one slot late, never
/// early. The number of timers is bounded by the connections and streams that own them.
struct TimerWheel<Payload> {
    /// Names one timer until it fires or is cancelled.
    struct ID: Hashable {
        fileprivate let index: Int32
        fileprivate let generation: UInt32
    }

    private struct Node {
        var deadline: UInt64 = 0
        var generation: UInt32 = 0
        var next: Int32 = TimerWheel.none
        var previous: Int32 = TimerWheel.none
        var payload: Payload?
    }

    private static var none: Int32 { -1 }
    private static var slotCount: Int { 512 }
    private static var slotShift: UInt64 { 23 }  // 2^23 ns, 8.4 ms

    private var nodes: [Node] = []
    private var freeHead = Self.none
    private var heads = [Int32](repeating: Self.none, count: Self.slotCount)
    /// The first slot, counted from time zero, that has not been emptied yet.
    private var currentTick: UInt64

    /// How many timers are set.
    private(set) var count = 0

    /// A wheel that stands at `now`.
    init(now: UInt64) {
        currentTick = now >> Self.slotShift
    }

    /// Sets a timer.
    mutating func set(_ deadline: UInt64, _ payload: Payload) -> ID {
        let index = takeNode()
        // A deadline that has passed goes into the next slot to be looked at.
        let held = max(deadline, currentTick << Self.slotShift)
        nodes[Int(index)].deadline = held
        nodes[Int(index)].payload = payload
        link(index, into: slot(held))
        count += 1
        return ID(index: index, generation: nodes[Int(index)].generation)
    }

    /// Forgets a timer; does nothing when it has fired or was cancelled before.
    mutating func cancel(_ id: ID) {
        guard nodes[Int(id.index)].generation == id.generation else { return }
        release(id.index)
    }

    /// Moves on to `now` and adds what is due to `fired`, at most one turn's slots visited.
    mutating func advance(to now: UInt64, fired: inout [Payload]) {
        // Only slots that lie wholly in the past: what is left in the present one is not due.
        let tick = now >> Self.slotShift
        guard tick > currentTick else { return }
        let first = max(currentTick, tick - min(tick, UInt64(Self.slotCount)))
        for past in first..<tick { collect(index(of: past), now, &fired) }
        currentTick = tick
    }

    /// When to call `advance` next; nil when no timer is set. A slot that holds only timers of later turns
    /// may cause one call in vain each turn.
    var nextDeadline: UInt64? {
        guard count > 0 else { return nil }
        for step in 0..<UInt64(Self.slotCount) {
            let tick = currentTick &+ step
            if heads[index(of: tick)] != Self.none { return (tick &+ 1) << Self.slotShift }
        }
        return nil
    }

    private func index(of tick: UInt64) -> Int {
        Int(truncatingIfNeeded: tick % UInt64(Self.slotCount))
    }

    private func slot(_ deadline: UInt64) -> Int { index(of: deadline >> Self.slotShift) }

    private mutating func collect(_ slot: Int, _ now: UInt64, _ fired: inout [Payload]) {
        var index = heads[slot]
        while index != Self.none {
            let following = nodes[Int(index)].next
            if nodes[Int(index)].deadline <= now, let payload = nodes[Int(index)].payload {
                fired.append(payload)
                release(index)
            }
            index = following
        }
    }

    private mutating func takeNode() -> Int32 {
        guard freeHead == Self.none else {
            let index = freeHead
            freeHead = nodes[Int(index)].next
            return index
        }
        nodes.append(Node())
        return Int32(nodes.count - 1)
    }

    private mutating func release(_ index: Int32) {
        unlink(index)
        nodes[Int(index)].payload = nil
        nodes[Int(index)].generation &+= 1  // an old id must not name the next owner's timer
        nodes[Int(index)].next = freeHead
        freeHead = index
        count -= 1
    }

    private mutating func link(_ index: Int32, into slot: Int) {
        let head = heads[slot]
        nodes[Int(index)].previous = Self.none
        nodes[Int(index)].next = head
        if head != Self.none { nodes[Int(head)].previous = index }
        heads[slot] = index
    }

    private mutating func unlink(_ index: Int32) {
        let node = nodes[Int(index)]
        if node.previous != Self.none {
            nodes[Int(node.previous)].next = node.next
        } else {
            heads[slot(node.deadline)] = node.next
        }
        if node.next != Self.none { nodes[Int(node.next)].previous = node.previous }
    }
}
