/// The streams with data to send and a window to send it in, in turn.
struct SendQueue {
    private var ids: [UInt32] = []
    private var first = 0

    /// Whether some stream waits for its turn.
    var canSend: Bool { first < ids.count }

    mutating func append(_ id: UInt32) {
        ids.append(id)
    }

    mutating func popFirst() -> UInt32? {
        guard first < ids.count else { return nil }
        let id = ids[first]
        first += 1
        if first == ids.count {
            ids.removeAll(keepingCapacity: true)
            first = 0
        } else if first >= 1_024 {
            ids.removeFirst(first)
            first = 0
        }
        return id
    }
}
