import CMachine

extension Array {
    /// An array that is filled at once, up to `capacity` elements. Its pages are taken beforehand: one by one,
    /// at the first write to each, they cost as much as what is written.
    init<Failure>(
        filling capacity: Int, _ fill: (inout OutputSpan<Element>) throws(Failure) -> Void
    ) throws(Failure) {
        try self.init(capacity: capacity) { output throws(Failure) in
            // Nothing is written, and there is room for that many bytes.
            unsafe output.withUnsafeMutableBufferPointer { room, _ in
                if let first = room.baseAddress {
                    unsafe tandem_expect_writes(first, capacity * MemoryLayout<Element>.stride)
                }
            }
            try fill(&output)
        }
    }

    /// An array of `count` times the same element, whose pages are taken beforehand.
    init(filling count: Int, repeating element: Element) {
        self.init(filling: count) { $0.append(repeating: element, count: count) }
    }
}

extension OutputSpan<UInt8> {
    /// Appends a copy of bytes that are elsewhere, for which there is to be room.
    mutating func append(copying bytes: UnsafeRawBufferPointer) {
        unsafe withUnsafeMutableBufferPointer { room, count in
            precondition(bytes.count <= room.count - count, "there is room")
            guard let first = room.baseAddress, let source = bytes.baseAddress else { return }
            // As many bytes as there is room for, as was just checked.
            unsafe UnsafeMutableRawPointer(first + count)
                .copyMemory(from: source, byteCount: bytes.count)
            count += bytes.count
        }
    }
}
