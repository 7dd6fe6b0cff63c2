import Bytes
import RISCV

/// The memory of a RISC Zero v2 program before its first instruction, in pages of 1 KiB: the kernel's
/// image, over it the user's, and the words that say where both begin.
///
/// Both ELFs usually cover the same addresses with their own headers, so the order matters.
struct InitialMemory: Sendable {
    /// How many bytes a page has.
    static let pageByteCount = 1024

    /// The pages that something covers, by address / 1024. All others are zero.
    private(set) var pages: [UInt32: [UInt8]] = [:]

    /// The memory of a user's program under a kernel.
    init(user: ELFImage, kernel: ELFImage) {
        apply(kernel)
        apply(user)
        set(user.entry, at: AddressMap.userLow)
        set(kernel.entry, at: AddressMap.suspendedPC)
        set(1, at: AddressMap.suspendedMode)
    }

    /// The memory of a kernel alone.
    init(kernel: ELFImage) {
        apply(kernel)
        set(kernel.entry, at: AddressMap.suspendedPC)
        set(1, at: AddressMap.suspendedMode)
    }

    /// The bytes of a range of addresses as parts without gaps, ascending.
    func chunks(in range: Range<UInt32>) -> [ELFImage.Chunk] {
        var chunks: [ELFImage.Chunk] = []
        var start: UInt32 = 0
        var bytes: [UInt8] = []
        for (page, content) in pages.sorted(by: { $0.key < $1.key }) {
            let address = page * UInt32(Self.pageByteCount)
            guard range.contains(address) else { continue }
            // A chunk is an array of its own, which the range bounds.
            if !bytes.isEmpty, address != start + UInt32(bytes.count) {
                chunks.append(ELFImage.Chunk(address: start, bytes: bytes))
                bytes = []
            }
            if bytes.isEmpty { start = address }
            bytes += content
        }
        if !bytes.isEmpty { chunks.append(ELFImage.Chunk(address: start, bytes: bytes)) }
        return chunks
    }

    /// Puts an image over what is there, with the zeros that it asks for.
    private mutating func apply(_ image: ELFImage) {
        for range in image.coverage { clear(range) }
        for chunk in image.chunks { write(chunk.bytes, at: chunk.address) }
    }

    private mutating func clear(_ range: Range<UInt32>) {
        for page in Array(pages.keys) {
            let start = page * UInt32(Self.pageByteCount)
            // The last page is the one of the words above `imageHigh`, which no image covers.
            let end = start + UInt32(Self.pageByteCount)
            let part = range.clamped(to: start..<end)
            guard !part.isEmpty else { continue }
            let zeros = repeatElement(UInt8(0), count: part.count)
            pages[page]?.replaceSubrange(
                Int(part.lowerBound - start)..<Int(part.upperBound - start), with: zeros)
        }
    }

    private mutating func write(_ bytes: ArraySlice<UInt8>, at address: UInt32) {
        var offset = 0
        while offset < bytes.count {
            let place = Int(address) + offset
            let start = place % Self.pageByteCount
            let count = min(Self.pageByteCount - start, bytes.count - offset)
            let zeros = [UInt8](repeating: 0, count: Self.pageByteCount)
            pages[UInt32(place / Self.pageByteCount), default: zeros].replaceSubrange(
                start..<start + count, with: bytes.dropFirst(offset).prefix(count))
            offset += count
        }
    }

    private mutating func set(_ word: UInt32, at address: UInt32) {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: word)
        write(bytes[...], at: address)
    }
}
