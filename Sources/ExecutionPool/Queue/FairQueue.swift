/// A queue in lanes that take turns: first in, first out within a lane, and one element of each
/// lane after another. Elements can leave from the middle by their number.
///
/// Every operation is linear in the number of waiting elements or lanes at worst, but what is
/// linear is a move of whole words in memory: microseconds at the bound that the pool puts on its
/// queue.
struct FairQueue<Lane: Hashable, Element> {
    private struct Entry {
        let lane: Lane
        let element: Element
    }

    private var entries: [UInt64: Entry] = [:]

    /// The numbers that wait in each lane, the oldest first. A lane that is empty is not here.
    private var lanes: [Lane: [UInt64]] = [:]

    /// The lanes in the order of their turns, each once.
    private var turns: [Lane] = []

    /// How many elements wait.
    var count: Int { entries.count }

    /// Puts an element at the end of its lane. Numbers are used once.
    mutating func append(_ element: Element, numbered number: UInt64, to lane: Lane) {
        let replaced = entries.updateValue(Entry(lane: lane, element: element), forKey: number)
        precondition(replaced == nil, "a number in a fair queue is used once")
        if lanes[lane] == nil { turns.append(lane) }
        lanes[lane, default: []].append(number)
    }

    /// Takes the oldest element of the lane whose turn it is; nil when nothing waits.
    mutating func popFirst() -> Element? {
        guard let lane = turns.first, let number = lanes[lane]?.first else { return nil }
        let element = remove(number)
        if lanes[lane] != nil {
            turns.removeFirst()
            turns.append(lane)
        }
        return element
    }

    /// Takes the element with this number, wherever it waits; nil when it doesn't.
    mutating func remove(_ number: UInt64) -> Element? {
        guard let entry = entries.removeValue(forKey: number) else { return nil }
        lanes[entry.lane]?.removeAll { $0 == number }
        if lanes[entry.lane]?.isEmpty == true {
            lanes[entry.lane] = nil
            turns.removeAll { $0 == entry.lane }
        }
        return entry.element
    }

    /// Takes everything, the oldest number first.
    mutating func removeAll() -> [Element] {
        let elements = entries.sorted { $0.key < $1.key }.map(\.value.element)
        self = FairQueue()
        return elements
    }
}
