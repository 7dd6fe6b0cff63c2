/// SP1's input: buffers that are read one by one, and to which the guest itself may add at either end.
struct HintStream {
    // The next buffer is the last of `front`, or else the first of `back` from `backStart` on.
    private var front: [[UInt8]] = []
    private var back: [[UInt8]]
    private var backStart = 0
    private var byteCount: Int

    init(_ buffers: [[UInt8]]) {
        back = buffers
        byteCount = buffers.reduce(0) { $0 + $1.count }
    }

    /// How many buffers wait.
    var count: Int { front.count + back.count - backStart }

    /// The length of the next buffer; nil when there is none.
    var nextByteCount: Int? {
        if let buffer = front.last { return buffer.count }
        return backStart < back.count ? back[backStart].count : nil
    }

    /// Takes the next buffer.
    mutating func next() -> [UInt8]? {
        guard let buffer = front.popLast() ?? firstOfBack() else { return nil }
        byteCount -= buffer.count
        return buffer
    }

    /// Whether a buffer of this length may be added.
    func hasRoom(for length: Int) -> Bool {
        count < GuestRuntimeLimits.hintCountMax
            && length <= GuestRuntimeLimits.hintByteCountMax - byteCount
    }

    /// Adds a buffer to be read next. The caller has asked `hasRoom`.
    mutating func prepend(_ buffer: [UInt8]) {
        byteCount += buffer.count
        front.append(buffer)
    }

    /// Adds a buffer to be read last. The caller has asked `hasRoom`.
    mutating func append(_ buffer: [UInt8]) {
        byteCount += buffer.count
        back.append(buffer)
    }

    private mutating func firstOfBack() -> [UInt8]? {
        guard backStart < back.count else { return nil }
        let buffer = back[backStart]
        back[backStart] = []
        backStart += 1
        // Halve the list now and then, so that a long run of appends and reads stays small.
        if backStart > 1024, backStart * 2 > back.count {
            back.removeFirst(backStart)
            backStart = 0
        }
        return buffer
    }
}
