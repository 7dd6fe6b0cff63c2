/// Events in order; keeps its storage when it is drained.
struct EventQueue {
    private var events: [HTTP2Event?] = []
    private var first = 0

    /// How many events wait.
    var count: Int { events.count - first }

    mutating func append(_ event: HTTP2Event) {
        events.append(event)
    }

    mutating func popFirst() -> HTTP2Event? {
        guard first < events.count else { return nil }
        let event = events[first].take()
        first += 1
        if first == events.count {
            events.removeAll(keepingCapacity: true)
            first = 0
        }
        return event
    }
}
