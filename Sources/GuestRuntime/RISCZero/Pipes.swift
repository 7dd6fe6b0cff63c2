/// The pipes of a RISC Zero guest: what a forked child writes, its parent reads. They are the host's, and
/// are not undone with the child.
struct Pipes {
    /// The first descriptor; 0 to 3 are standard input, output, error and the journal.
    private static let firstDescriptor: UInt32 = 4

    private var contents: [[UInt8]] = []
    private var positions: [Int] = []
    private var byteCount = 0

    /// Opens a pipe; nil when there are too many.
    mutating func open() -> (read: UInt32, write: UInt32)? {
        guard contents.count < GuestRuntimeLimits.pipeCountMax else { return nil }
        // At most 64 pipes: no overflow.
        let read = Self.firstDescriptor + UInt32(contents.count) * 2
        contents.append([])
        positions.append(0)
        return (read, read + 1)
    }

    /// Takes up to `count` bytes; nil when the descriptor is not the reading end of a pipe.
    mutating func read(_ descriptor: UInt32, _ count: Int) -> [UInt8]? {
        guard let index = index(of: descriptor, end: 0) else { return nil }
        let start = positions[index]
        let end = start + min(count, contents[index].count - start)
        positions[index] = end
        return [UInt8](contents[index][start..<end])
    }

    /// Whether the descriptor is the writing end of a pipe.
    func isWritable(_ descriptor: UInt32) -> Bool { index(of: descriptor, end: 1) != nil }

    /// Whether so many bytes more may be written.
    func hasRoom(for count: Int) -> Bool {
        count <= GuestRuntimeLimits.hintByteCountMax - byteCount
    }

    /// Appends to a pipe that `isWritable`, when there is room.
    mutating func write(_ descriptor: UInt32, _ bytes: [UInt8]) {
        guard let index = index(of: descriptor, end: 1) else { return }
        byteCount += bytes.count
        contents[index].append(contentsOf: bytes)
    }

    private func index(of descriptor: UInt32, end: UInt32) -> Int? {
        guard descriptor >= Self.firstDescriptor, descriptor & 1 == end else { return nil }
        let index = Int(descriptor - Self.firstDescriptor) / 2
        return index < contents.count ? index : nil
    }
}
