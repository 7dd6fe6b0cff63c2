import Bytes

/// The identity of a RISC Zero v2 program: a Merkle tree of Poseidon2 digests over the pages of its
/// memory before the first instruction (reference/zkvm.md 1.11).
enum ImageIDV2 {
    /// Eight field elements.
    typealias Digest = InlineArray<8, UInt32>

    /// 2²² pages of 1 KiB are 4 GiB.
    private static let depth = 22

    /// The image id. O(n) for n pages that are not zero.
    static func compute(_ memory: InitialMemory) -> Hash32 {
        ImageID.identity(root: merkleRoot(memory), pc: 0)
    }

    /// The root of the tree as bytes, each element least significant byte first.
    static func merkleRoot(_ memory: InitialMemory) -> Hash32 {
        var zero = digest(ofPage: [UInt8](repeating: 0, count: InitialMemory.pageByteCount).span)
        var level: [UInt32: Digest] = [:]
        for (page, bytes) in memory.pages { level[page] = digest(ofPage: bytes.span) }
        for _ in 0..<depth {
            var parents: [UInt32: Digest] = [:]
            for index in Set(level.keys.map { $0 / 2 }) {
                parents[index] = digest(
                    left: level[index * 2] ?? zero, right: level[index * 2 + 1] ?? zero)
            }
            zero = digest(left: zero, right: zero)
            level = parents
        }
        return bytes(of: level[0] ?? zero)
    }

    /// The digest of a page: a sponge that takes eight words at a time, as sixteen halves.
    static func digest(ofPage bytes: Span<UInt8>) -> Digest {
        var state = Poseidon2State()
        for start in stride(from: 0, to: bytes.count, by: 32) {
            for index in 0..<8 {
                let word = bytes.littleEndianUInt32(at: start + index * 4)
                state[index * 2] = word & 0xffff
                state[index * 2 + 1] = word >> 16
            }
            state.permute()
        }
        return firstEight(state)
    }

    /// The digest of an inner node. The right child comes first.
    static func digest(left: Digest, right: Digest) -> Digest {
        var state = Poseidon2State()
        for index in 0..<8 {
            state[index] = right[index]
            state[index + 8] = left[index]
        }
        state.permute()
        return firstEight(state)
    }

    /// A digest as the 32 bytes in which it is written.
    static func bytes(of digest: Digest) -> Hash32 {
        var bytes: [UInt8] = []
        for index in 0..<8 { bytes.append(littleEndian: digest[index]) }
        return Hash32(unchecked: bytes.span)
    }

    private static func firstEight(_ state: Poseidon2State) -> Digest {
        var digest = Digest(repeating: 0)
        for index in 0..<8 { digest[index] = state[index] }
        return digest
    }
}
