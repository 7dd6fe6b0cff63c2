extension [UInt8] {
    /// Appends every byte of `span` in one copy, growing as `append(contentsOf:)` of a collection does.
    mutating func append(copying span: Span<UInt8>) {
        // The pointer lives for the closure, and appending copies out of it before it ends.
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// Whether both have the same bytes.
    func hasSameBytes(as other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        var index = 0
        while index < count {
            if self[index] != other[index] { return false }
            index += 1
        }
        return true
    }
}
