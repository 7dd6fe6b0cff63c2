package import Bytes

/// Keccak-256 as Ethereum uses it: rate 136 bytes, padding byte 0x01 (not the 0x06 of SHA3-256).
package enum Keccak256 {
    /// The digest of `bytes`. Linear in their count; allocates nothing.
    package static func hash(_ bytes: Span<UInt8>) -> Hash32 {
        var hasher = Keccak256Hasher()
        hasher.update(bytes)
        return hasher.finalize()
    }

    /// The digest of `bytes`. Linear in their count; allocates nothing.
    package static func hash(_ bytes: [UInt8]) -> Hash32 {
        hash(bytes.span)
    }
}

/// Keccak-256 over bytes that arrive in pieces.
package struct Keccak256Hasher: Sendable {
    /// How many bytes one permutation takes in.
    private static let rateByteCount = 136

    private var state = InlineArray<25, UInt64>(repeating: 0)

    // How many bytes of the current block are in the state already: 0 to 135.
    private var blockOffset = 0

    /// A hasher that has seen no bytes.
    package init() {}

    /// Takes in the next bytes.
    package mutating func update(_ bytes: Span<UInt8>) {
        var offset = 0
        while offset < bytes.count {
            let rest = bytes.count - offset
            if blockOffset == 0 && rest >= Self.rateByteCount {
                absorbBlock(bytes, at: offset)
                offset += Self.rateByteCount
            } else if rest >= 8 && Self.rateByteCount - blockOffset >= 8 {
                absorb(bytes.littleEndianWord(at: offset))
                offset += 8
            } else {
                absorb(bytes[offset])
                offset += 1
            }
        }
    }

    /// Takes in the next bytes.
    package mutating func update(_ bytes: [UInt8]) {
        update(bytes.span)
    }

    /// The digest of all bytes taken in so far. The hasher itself does not change.
    package func finalize() -> Hash32 {
        var padded = state
        padded[blockOffset / 8] ^= 1 << UInt64(blockOffset % 8 * 8)
        padded[16] ^= 1 << 63
        Keccak.permute(&padded)
        return Hash32(
            words: padded[0].byteSwapped, padded[1].byteSwapped, padded[2].byteSwapped,
            padded[3].byteSwapped)
    }

    private mutating func absorb(_ byte: UInt8) {
        state[blockOffset / 8] ^= UInt64(byte) &<< UInt64(blockOffset % 8 * 8)
        advance(by: 1)
    }

    /// Takes in eight bytes that fit in the block, over two lanes when they start inside one.
    private mutating func absorb(_ word: UInt64) {
        let (lane, shift) = (blockOffset / 8, UInt64(blockOffset % 8 * 8))
        state[lane] ^= word &<< shift
        if shift != 0 {
            state[lane + 1] ^= word &>> (64 &- shift)
        }
        advance(by: 8)
    }

    private mutating func advance(by byteCount: Int) {
        blockOffset += byteCount
        if blockOffset == Self.rateByteCount {
            Keccak.permute(&state)
            blockOffset = 0
        }
    }

    private mutating func absorbBlock(_ bytes: Span<UInt8>, at offset: Int) {
        for lane in 0..<17 {
            state[lane] ^= bytes.littleEndianWord(at: offset + 8 * lane)
        }
        Keccak.permute(&state)
    }
}

extension Span<UInt8> {
    /// The little-endian integer in the eight bytes at `offset`, in one bounds-checked load.
    @inline(__always)
    fileprivate func littleEndianWord(at offset: Int) -> UInt64 {
        // Every bit pattern is a UInt64, and the load checks its bounds.
        let word = unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        return UInt64(littleEndian: word)
    }
}
