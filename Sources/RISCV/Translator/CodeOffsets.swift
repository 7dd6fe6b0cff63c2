import CMachine

/// Where the code of each instruction begins, and where it ends: 32-bit offsets, as many as there are
/// instructions and one.
///
/// Not an array, which would be asked at each write whether somebody else has it as well. `@unchecked
/// Sendable`: the translator that makes it writes it, or the decoder of a kept one; whoever else has it reads
/// it only, when it is complete.
@safe
final class CodeOffsets: @unchecked Sendable {
    /// `count` integers, allocated in `init`.
    private let first: UnsafeMutablePointer<UInt32>

    /// How many there are.
    let count: Int

    /// As many zeros.
    init(count: Int) {
        self.count = count
        unsafe first = .allocate(capacity: count)
        // As many as were allocated.
        unsafe tandem_expect_writes(first, count * MemoryLayout<UInt32>.stride)
        unsafe first.initialize(repeating: 0, count: count)
    }

    deinit {
        // Allocated in `init`, and by nobody else given back.
        unsafe first.deallocate()
    }

    subscript(index: Int) -> UInt32 {
        @inline(__always) get {
            precondition(index >= 0 && index < count, "one of the offsets")
            // Inside what was allocated, as was just checked.
            return unsafe first[index]
        }
        @inline(__always) set {
            precondition(index >= 0 && index < count, "one of the offsets")
            // Inside what was allocated, as was just checked.
            unsafe first[index] = newValue
        }
    }

    /// Calls `body` with the bytes of all of them.
    func withUnsafeBytes(_ body: (UnsafeRawBufferPointer) -> Void) {
        // What was allocated, which lives as long as `self`.
        unsafe body(
            UnsafeRawBufferPointer(start: first, count: count * MemoryLayout<UInt32>.stride))
    }

    /// Whether no offset is below the one before it, and none is above `end`.
    func areAscending(upTo end: UInt32) -> Bool {
        var before: UInt32 = 0
        for index in 0..<count {
            if self[index] < before { return false }
            before = self[index]
        }
        return before <= end
    }
}
