internal import COpenSSL

extension SHA256 {
    /// The state that every SHA-256 starts from (FIPS 180-4 section 5.3.3).
    package static let initialState: InlineArray<8, UInt32> = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a,
        0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// Mixes one block of 64 bytes into the state (FIPS 180-4 section 6.2.2); no padding is added.
    /// Done by the library, which uses the processor's SHA instructions.
    package static func compress(state: inout InlineArray<8, UInt32>, block: Span<UInt8>) {
        precondition(block.count == 64, "a SHA-256 block has 64 bytes")
        var context = SHA256_CTX()
        context.h = (
            state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]
        )
        unsafe block.withUnsafeBufferPointer { bytes in
            // The function reads the 64 bytes and changes h only.
            unsafe SHA256_Transform(&context, bytes.baseAddress)
        }
        let h = context.h
        state = [h.0, h.1, h.2, h.3, h.4, h.5, h.6, h.7]
    }

    /// Fills words 16 to 63 of the message schedule from words 0 to 15.
    package static func extend(_ schedule: inout InlineArray<64, UInt32>) {
        for index in 16..<64 {
            let (early, late) = (schedule[index - 15], schedule[index - 2])
            let sigma0 = early.rotated(7) ^ early.rotated(18) ^ early &>> 3
            let sigma1 = late.rotated(17) ^ late.rotated(19) ^ late &>> 10
            schedule[index] = schedule[index - 16] &+ sigma0 &+ schedule[index - 7] &+ sigma1
        }
    }

    /// The 64 rounds over a complete message schedule, added to the state.
    // FIPS 180-4 defines every addition here modulo 2^32.
    package static func compress(
        state: inout InlineArray<8, UInt32>, schedule: InlineArray<64, UInt32>
    ) {
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        // Eight rounds a turn, after which every variable has its own name again.
        for first in stride(from: 0, to: 64, by: 8) {
            var input = InlineArray<8, UInt32>(repeating: 0)
            for index in 0..<8 {
                input[index] = schedule[first + index] &+ roundConstants[first + index]
            }
            mix(a, b, c, &d, e, f, g, &h, input[0])
            mix(h, a, b, &c, d, e, f, &g, input[1])
            mix(g, h, a, &b, c, d, e, &f, input[2])
            mix(f, g, h, &a, b, c, d, &e, input[3])
            mix(e, f, g, &h, a, b, c, &d, input[4])
            mix(d, e, f, &g, h, a, b, &c, input[5])
            mix(c, d, e, &f, g, h, a, &b, input[6])
            mix(b, c, d, &e, f, g, h, &a, input[7])
        }
        state[0] &+= a
        state[1] &+= b
        state[2] &+= c
        state[3] &+= d
        state[4] &+= e
        state[5] &+= f
        state[6] &+= g
        state[7] &+= h
    }

    /// One round with the variables under the names of the standard; `input` is K + W.
    @inline(__always)
    private static func mix(
        _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32,
        _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32, _ input: UInt32
    ) {
        let sum1 = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
        let choice = g ^ (e & (f ^ g))
        let first = h &+ sum1 &+ choice &+ input
        let sum0 = a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)
        let majority = (a & b) | (c & (a | b))
        d &+= first
        h = first &+ sum0 &+ majority
    }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    package static let roundConstants: InlineArray<64, UInt32> = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
        0x923f_82a4, 0xab1c_5ed5, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3,
        0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174, 0xe49b_69c1, 0xefbe_4786,
        0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
        0x06ca_6351, 0x1429_2967, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13,
        0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85, 0xa2bf_e8a1, 0xa81a_664b,
        0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
        0x5b9c_ca4f, 0x682e_6ff3, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208,
        0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}

extension UInt32 {
    /// The value rotated right by 1 to 31 bits.
    @inline(__always)
    fileprivate func rotated(_ count: UInt32) -> UInt32 {
        self &>> count | self &<< (32 &- count)
    }
}
