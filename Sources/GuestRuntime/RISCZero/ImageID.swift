import Bytes
import EthCrypto
import RISCV

/// The identity of a RISC Zero v1 program: a hash over its memory before the first instruction
/// (reference/zkvm.md 1.10).
///
/// Each page of 1 KiB has a digest; the digests of all pages below the page table, and then those of the
/// table's own pages, are the table's content. The root is the digest of its last entries.
enum ImageID {
    private static let pageByteCount = 1024
    /// Where the page table starts, in pages.
    private static let tablePage = 0x0D00_0000 / pageByteCount
    /// How many pages have an entry in the table, those of the table itself but its last included.
    private static let entryCount = 219_862
    /// Each page of the table holds 32 digests.
    private static let entriesPerPage = 32

    /// The image id.
    static func compute(_ image: ELFImage) -> Hash32 {
        identity(root: merkleRoot(image), pc: image.entry)
    }

    /// The id of a memory with this root that starts at `pc`.
    static func identity(root: Hash32, pc: UInt32) -> Hash32 {
        TaggedHash.hash("risc0.SystemState", [root], [pc])
    }

    /// The root of the page table.
    static func merkleRoot(_ image: ELFImage) -> Hash32 {
        let zeroDigest = digest(of: [UInt8](repeating: 0, count: pageByteCount).span)
        var digests = [Hash32](repeating: zeroDigest, count: entryCount)
        for (page, bytes) in pages(image) { digests[page] = digest(of: bytes.span) }
        // Almost every page of the table repeats one digest 32 times: those are hashed once.
        var uniform: [Hash32: Hash32] = [:]
        for page in tablePage..<entryCount {
            let first = (page - tablePage) * entriesPerPage
            let range = first..<first + entriesPerPage
            let digest = digests[first]
            let isUniform = range.allSatisfy { digests[$0] == digest }
            if isUniform, let known = uniform[digest] {
                digests[page] = known
            } else {
                digests[page] = Self.digest(of: content(of: digests[range]).span)
                if isUniform { uniform[digest] = digests[page] }
            }
        }
        let firstOfRoot = (entryCount - tablePage) * entriesPerPage
        return digest(of: content(of: digests[firstOfRoot...]).span)
    }

    /// SHA-256's compression over whole blocks, without the padding and the length.
    static func digest(of bytes: Span<UInt8>) -> Hash32 {
        var state = SHA256.initialState
        for start in stride(from: 0, to: bytes.count, by: 64) {
            SHA256.compress(state: &state, block: bytes.extracting(start..<start + 64))
        }
        var result: [UInt8] = []
        for index in 0..<8 { result.append(bigEndian: state[index]) }
        return Hash32(unchecked: result.span)
    }

    private static func content(of entries: ArraySlice<Hash32>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.count * Hash32.byteCount)
        for entry in entries { entry.append(to: &bytes) }
        return bytes
    }

    /// The pages that the image has bytes in, by their numbers.
    private static func pages(_ image: ELFImage) -> [Int: [UInt8]] {
        var pages: [Int: [UInt8]] = [:]
        for chunk in image.chunks {
            var offset = 0
            while offset < chunk.bytes.count {
                let address = Int(chunk.address) + offset
                let start = address % pageByteCount
                let count = min(pageByteCount - start, chunk.bytes.count - offset)
                let zeros = [UInt8](repeating: 0, count: pageByteCount)
                pages[address / pageByteCount, default: zeros]
                    .replaceSubrange(
                        start..<start + count, with: chunk.bytes.dropFirst(offset).prefix(count))
                offset += count
            }
        }
        return pages
    }
}
