import Bytes

/// Jobs sorted by a number: the one with the smallest comes out first, equal numbers in order of the job
/// id. Adding and removing take time logarithmic in the count.
struct MinHeap {
    /// A job and its number.
    struct Item: Comparable {
        let key: UInt64
        let jobID: JobID

        static func < (left: Item, right: Item) -> Bool {
            (left.key, left.jobID) < (right.key, right.jobID)
        }
    }

    private var items: [Item] = []

    /// The item with the smallest number.
    var first: Item? { items.first }

    /// How many items there are.
    var count: Int { items.count }

    mutating func insert(_ item: Item) {
        var index = items.count
        items.append(item)
        while index > 0, items[index] < items[(index - 1) / 2] {
            items.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func removeFirst() -> Item? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return first }
        items[0] = last
        var index = 0
        while let child = smallerChild(of: index), items[child] < items[index] {
            items.swapAt(index, child)
            index = child
        }
        return first
    }

    private func smallerChild(of index: Int) -> Int? {
        let left = 2 * index + 1
        guard left < items.count else { return nil }
        let right = left + 1
        return right < items.count && items[right] < items[left] ? right : left
    }
}
