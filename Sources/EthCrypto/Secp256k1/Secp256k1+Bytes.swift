internal import Bytes
internal import CSecp256k1

extension Secp256k1 {
    /// A public key in 65 bytes: 0x04, x, y.
    static func serialize(_ key: inout secp256k1_pubkey) -> InlineArray<65, UInt8> {
        var output = InlineArray<65, UInt8>(repeating: 0)
        var byteCount = 65
        unsafe withUnsafeMutableCBytes(&output) { bytes in
            // There are the 65 bytes that byteCount says; the call cannot fail for a valid key.
            _ = unsafe secp256k1_ec_pubkey_serialize(
                context, bytes, &byteCount, &key, UInt32(SECP256K1_EC_UNCOMPRESSED))
        }
        return output
    }
}

extension Hash32 {
    /// The 32 bytes without a heap allocation.
    var inlineBytes: InlineArray<32, UInt8> {
        var output = InlineArray<32, UInt8>(repeating: 0)
        output.store(self, at: 0)
        return output
    }
}

extension InlineArray where Element == UInt8 {
    /// Writes the 32 bytes of `value` at `offset`.
    mutating func store(_ value: Hash32, at offset: Int) {
        store(value.word0, at: offset)
        store(value.word1, at: offset + 8)
        store(value.word2, at: offset + 16)
        store(value.word3, at: offset + 24)
    }

    private mutating func store(_ word: UInt64, at offset: Int) {
        for index in 0..<8 {
            self[offset + index] = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * index))
        }
    }
}
