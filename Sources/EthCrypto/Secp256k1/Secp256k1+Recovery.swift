package import Bytes
internal import CSecp256k1

extension Secp256k1 {
    /// The public key that made a signature over `digest`, in 33 bytes; nil when there is none.
    ///
    /// Unlike `RecoverableSignature`, which knows what Ethereum accepts, this takes what the curve does.
    ///
    /// - Parameters:
    ///   - r: the nonce point's x coordinate modulo the order, big-endian.
    ///   - s: the proof, big-endian, low or high.
    ///   - recoveryID: 0 to 3: the parity of the nonce point's y coordinate, plus 2 if its x coordinate
    ///     is not below the order.
    package static func recoverKey(
        r: Hash32, s: Hash32, recoveryID: UInt8, digest: Hash32
    ) -> InlineArray<33, UInt8>? {
        guard recoveryID <= 3 else { return nil }
        var compact = InlineArray<64, UInt8>(repeating: 0)
        compact.store(r, at: 0)
        compact.store(s, at: 32)
        var signature = secp256k1_ecdsa_recoverable_signature()
        var key = secp256k1_pubkey()
        let isParsed = unsafe withUnsafeCBytes(compact) { compact in
            // 64 bytes, as the function reads.
            unsafe secp256k1_ecdsa_recoverable_signature_parse_compact(
                context, &signature, compact, Int32(recoveryID)) == 1
        }
        let isRecovered = unsafe withUnsafeCBytes(digest.inlineBytes) { message in
            // 32 bytes, as the function reads; it would stop the process on an unparsed signature.
            unsafe isParsed && secp256k1_ecdsa_recover(context, &key, &signature, message) == 1
        }
        return isRecovered ? compress(&key) : nil
    }

    private static func compress(_ key: inout secp256k1_pubkey) -> InlineArray<33, UInt8> {
        var output = InlineArray<33, UInt8>(repeating: 0)
        var byteCount = 33
        unsafe withUnsafeMutableCBytes(&output) { bytes in
            // There are the 33 bytes that byteCount says; the call cannot fail for a valid key.
            _ = unsafe secp256k1_ec_pubkey_serialize(
                context, bytes, &byteCount, &key, UInt32(SECP256K1_EC_COMPRESSED))
        }
        return output
    }
}
