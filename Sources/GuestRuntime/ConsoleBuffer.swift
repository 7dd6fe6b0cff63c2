import Bytes

/// The beginning of what a guest printed.
struct ConsoleBuffer {
    private(set) var bytes: [UInt8] = []
    private(set) var isTruncated = false

    /// Keeps what there is room for.
    mutating func append(_ text: Span<UInt8>) {
        let room = GuestRuntimeLimits.consoleByteCountMax - bytes.count
        if text.count > room { isTruncated = true }
        bytes.append(contentsOf: text.extracting(first: min(room, text.count)))
    }
}
