/// Some of the operations: bit n says whether the one of number n is one of them.
struct OperationSet: Sendable {
    private var bits: UInt64 = 0

    /// The operations for which a condition holds.
    init(where holds: (Operation) -> Bool) {
        for operation in Operation.allCases where holds(operation) {
            // There are fewer than 64.
            bits |= 1 << UInt64(operation.rawValue)
        }
    }

    /// Whether no operation is one of them.
    var isEmpty: Bool { bits == 0 }

    /// Whether an operation is one of them: 1 or 0.
    @inline(__always)
    func bit(_ operation: Operation) -> UInt64 { bits &>> UInt64(operation.rawValue) & 1 }
}

extension Span<DecodedInstruction> {
    /// Calls `body` with the index of each instruction of an operation in `set`, in ascending order. What
    /// operation comes next nobody foresees, so it is asked without jumps, for 64 instructions at a time.
    @inline(__always)
    func forEachIndex(of set: OperationSet, _ body: (Int) -> Void) {
        for start in stride(from: 0, to: count, by: 64) {
            var found: UInt64 = 0
            for index in (start..<Swift.min(start + 64, count)).reversed() {
                found = found &<< 1 | set.bit(self[index].operation)
            }
            found.forEachBit { body(start + $0) }
        }
    }
}
