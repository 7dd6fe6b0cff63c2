package import Bytes
internal import CSecp256k1

/// An ECDSA signature over secp256k1 that names its public key: r, s and one bit.
///
/// Every value of this type has r and s in range and a low s, whichever way it was made.
package struct RecoverableSignature: Hashable, Sendable {
    /// The x coordinate of the nonce point modulo the group order, big-endian.
    package let r: Hash32

    /// The proof, big-endian, at most half the group order.
    package let s: Hash32

    /// The parity of the nonce point's y coordinate: 0 or 1.
    package let recoveryID: UInt8

    /// The signature with these parts; throws when one of them is out of range.
    package init(r: Hash32, s: Hash32, recoveryID: UInt8) throws(SignatureError) {
        guard recoveryID <= 1 else { throw .invalidRecoveryByte(recoveryID) }
        let (rValue, sValue) = (UInt256(r), UInt256(s))
        guard rValue != .zero, rValue < Secp256k1.order else { throw .rOutOfRange }
        guard sValue != .zero, sValue < Secp256k1.order else { throw .sOutOfRange }
        guard sValue <= Secp256k1.halfOrder else { throw .highS }
        self.r = r
        self.s = s
        self.recoveryID = recoveryID
    }

    /// The signature spelled by 65 bytes, r, s and v (27, 28, 0 or 1), or by 64 bytes, r and s with
    /// the parity in the highest bit of s (EIP-2098).
    package init(parsing bytes: Span<UInt8>) throws(SignatureError) {
        switch bytes.count {
        case 65:
            let v = bytes[64]
            guard v <= 1 || v == 27 || v == 28 else { throw .invalidRecoveryByte(v) }
            try self.init(
                r: Hash32(unchecked: bytes.extracting(0..<32)),
                s: Hash32(unchecked: bytes.extracting(32..<64)), recoveryID: v >= 27 ? v - 27 : v)
        case 64:
            let marked = Hash32(unchecked: bytes.extracting(32..<64))
            let s = Hash32(
                words: marked.word0 & (.max >> 1), marked.word1, marked.word2, marked.word3)
            try self.init(
                r: Hash32(unchecked: bytes.extracting(0..<32)), s: s,
                recoveryID: UInt8(marked.word0 >> 63))
        default:
            throw .wrongByteCount(bytes.count)
        }
    }

    /// The signature spelled by 65 or 64 bytes; see `init(parsing:)` of a span.
    package init(parsing bytes: [UInt8]) throws(SignatureError) {
        try self.init(parsing: bytes.span)
    }

    /// r, s and v, where v is 27 or 28: 65 bytes.
    package var bytes65: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(65)
        r.append(to: &output)
        s.append(to: &output)
        output.append(27 + recoveryID)
        return output
    }

    /// The EIP-2098 form: r, then s with the parity in its highest bit. 64 bytes.
    package var bytes64: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(64)
        r.append(to: &output)
        s.append(to: &output)
        // A low s leaves its highest bit free.
        output[32] |= recoveryID << 7
        return output
    }

    /// The address whose key made this signature over `digest`.
    package func recoverAddress(_ digest: Hash32) throws(SignatureError) -> Address {
        Address(publicKey: try recoverPublicKey(digest))
    }

    /// The public key that made this signature over `digest`, uncompressed: 0x04, x, y.
    package func recoverPublicKey(
        _ digest: Hash32
    ) throws(SignatureError) -> InlineArray<65, UInt8> {
        var compact = InlineArray<64, UInt8>(repeating: 0)
        compact.store(r, at: 0)
        compact.store(s, at: 32)
        var signature = secp256k1_ecdsa_recoverable_signature()
        var key = secp256k1_pubkey()
        let isParsed = unsafe withUnsafeCBytes(compact) { compact in
            // 64 bytes, as the function reads.
            unsafe secp256k1_ecdsa_recoverable_signature_parse_compact(
                Secp256k1.context, &signature, compact, Int32(recoveryID)) == 1
        }
        let isRecovered = unsafe withUnsafeCBytes(digest.inlineBytes) { message in
            // 32 bytes, as the function reads; it would stop the process on an unparsed signature.
            unsafe isParsed
                && secp256k1_ecdsa_recover(Secp256k1.context, &key, &signature, message) == 1
        }
        guard isRecovered else { throw .unrecoverable }
        return Secp256k1.serialize(&key)
    }
}
