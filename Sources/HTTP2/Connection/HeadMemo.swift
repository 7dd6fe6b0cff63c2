/// The last request head and the block it was decoded from. Clients repeat themselves: the same bytes
/// under the same dynamic table are the same head, already checked.
struct HeadMemo {
    /// Blocks larger than this are not kept.
    private static let blockByteCountMax = 512

    private var block: [UInt8] = []
    private var generation: UInt64 = 0
    private var head: HTTP2Head?

    /// The head that `bytes` decodes to under table `generation`, if it is the one kept.
    func head(for bytes: Span<UInt8>, generation: UInt64) -> HTTP2Head? {
        guard generation == self.generation, bytes.hasSameBytes(as: block.span) else { return nil }
        return head
    }

    /// Keeps a head whose block left the table as it was.
    mutating func keep(_ head: HTTP2Head, for bytes: Span<UInt8>, generation: UInt64) {
        guard bytes.count <= Self.blockByteCountMax else { return }
        block.removeAll(keepingCapacity: true)
        block.append(copying: bytes)
        self.generation = generation
        self.head = head
    }
}
