/// A queue over an array: taking from the front moves an index, and the room before it is given
/// back once it is half of the storage. All operations but `removeFirst(where:)` are O(1)
/// amortised.
struct FirstInFirstOut<Element: Sendable>: Sendable {
    private var storage: [Element] = []
    private var head = 0

    var count: Int { storage.count - head }
    var isEmpty: Bool { head == storage.count }

    mutating func append(_ element: Element) {
        storage.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < storage.count else { return nil }
        let element = storage[head]
        head += 1
        if head * 2 >= storage.count {
            storage.removeFirst(head)
            head = 0
        }
        return element
    }

    /// Removes the first element that fits; O(n).
    @discardableResult
    mutating func removeFirst(where fits: (Element) -> Bool) -> Bool {
        guard let index = storage[head...].firstIndex(where: fits) else { return false }
        storage.remove(at: index)
        return true
    }
}
