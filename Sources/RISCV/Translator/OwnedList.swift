import CMachine

/// A list that one owner has. An array asks at each write whether somebody else has it as well.
@safe
struct OwnedList<Element: BitwiseCopyable>: ~Copyable {
    /// Room for `capacity` elements, of which the first `count` were written.
    private var first: UnsafeMutablePointer<Element>
    private var capacity: Int
    /// How many there are.
    private(set) var count = 0

    /// An empty list with room for these many, one at least.
    init(capacity: Int) {
        self.capacity = max(1, capacity)
        unsafe first = .allocate(capacity: self.capacity)
        // As many as were allocated.
        unsafe tandem_expect_writes(first, self.capacity * MemoryLayout<Element>.stride)
    }

    deinit {
        // Allocated in `init` or `grow`, and by nobody else given back.
        unsafe first.deallocate()
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        // There is room for one more, as was just checked.
        unsafe (first + count).initialize(to: element)
        count &+= 1
    }

    /// Takes the last one away; nil when there is none.
    @inline(__always)
    mutating func popLast() -> Element? {
        guard count > 0 else { return nil }
        count &-= 1
        // It was written.
        return unsafe first[count]
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * capacity)
        // As many as were written; there is twice the room.
        unsafe larger.update(from: first, count: count)
        unsafe first.deallocate()
        unsafe first = larger
        capacity *= 2
    }

    subscript(index: Int) -> Element {
        @inline(__always) get {
            precondition(index >= 0 && index < count, "one of the elements")
            // One that was written, as was just checked.
            return unsafe first[index]
        }
        @inline(__always) set {
            precondition(index >= 0 && index < count, "one of the elements")
            // One that was written, as was just checked.
            unsafe first[index] = newValue
        }
    }
}
