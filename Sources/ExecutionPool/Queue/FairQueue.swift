/// A queue in lanes that take turns: first in, first out within a lane, and one element of each
/// lane after another, where lanes that bear less load come first. Elements can leave from the middle
/// by their number.
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

    /// Puts an element that was taken back to where it was: it is the next of its lane, and its lane is
    /// the next.
    mutating func putBack(_ element: Element, numbered number: UInt64, to lane: Lane) {
        let replaced = entries.updateValue(Entry(lane: lane, element: element), forKey: number)
        precondition(replaced == nil, "a number in a fair queue is used once")
        turns.removeAll { $0 == lane }
        turns.insert(lane, at: 0)
        lanes[lane, default: []].insert(number, at: 0)
    }

    /// Takes the oldest element of the least loaded of the lanes whose turn comes next; of several
    /// such lanes, the one whose turn is first. Nil when nothing waits, when each of these lanes bears
    /// more than `loadMax`, or when that element is not one that is wanted.
    mutating func popFirst(
        loads: [Lane: Int] = [:], loadMax: Int = .max,
        where isWanted: (Element) -> Bool = { _ in true }
    ) -> Element? {
        guard let turn = leastLoadedTurn(loads), loads[turns[turn], default: 0] <= loadMax,
            let number = lanes[turns[turn]]?.first, let entry = entries[number],
            isWanted(entry.element)
        else { return nil }
        let lane = turns[turn]
        let element = remove(number)
        if lanes[lane] != nil {
            turns.remove(at: turn)
            turns.append(lane)
        }
        return element
    }

    /// Whether something waits in a lane that bears no load, of those that `popFirst` looks at.
    func hasLane(bearingNoneOf loads: [Lane: Int]) -> Bool {
        turns.prefix(ExecutionPoolLimits.comparedLaneCountMax).contains { loads[$0] == nil }
    }

    /// Only so many lanes are looked at: as those passed over keep their turns, none is passed over
    /// by more than those that are looked at before it.
    private func leastLoadedTurn(_ loads: [Lane: Int]) -> Int? {
        var best: (turn: Int, load: Int)?
        for turn in turns.indices.prefix(ExecutionPoolLimits.comparedLaneCountMax) {
            let load = loads[turns[turn], default: 0]
            if load < best?.load ?? .max { best = (turn, load) }
            if load == 0 { break }
        }
        return best?.turn
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
