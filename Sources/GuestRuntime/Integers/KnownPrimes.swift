/// The primes that guests compute modulo: fields of curves, and the orders of their groups.
enum KnownPrimes {
    /// Whether a number without leading zeros is one of them.
    static func contains(_ number: [UInt64]) -> Bool { all.contains(number) }

    /// Each with the least significant limb first.
    static let all: [[UInt64]] = [
        limbs(Secp256k1Modulus.modulus), limbs(Secp256r1Modulus.modulus),
        limbs(Ed25519Modulus.modulus), limbs(BN254Modulus.modulus), limbs(BLS12381Modulus.modulus),
        // secp256k1's order (SEC 2, section 2.4.1).
        [0xbfd2_5e8c_d036_4141, 0xbaae_dce6_af48_a03b, 0xffff_ffff_ffff_fffe, .max],
        // secp256r1's order (SEC 2, section 2.4.2).
        [0xf3b9_cac2_fc63_2551, 0xbce6_faad_a717_9e84, .max, 0xffff_ffff_0000_0000],
        // ed25519's order (RFC 8032, section 5.1).
        [0x5812_631a_5cf5_d3ed, 0x14de_f9de_a2f7_9cd6, 0, 0x1000_0000_0000_0000],
        // alt_bn128's order (EIP-196).
        [
            0x43e1_f593_f000_0001, 0x2833_e848_79b9_7091, 0xb850_45b6_8181_585d,
            0x3064_4e72_e131_a029,
        ],
        // BLS12-381's order (EIP-2537).
        [
            0xffff_ffff_0000_0001, 0x53bd_a402_fffe_5bfe, 0x3339_d808_09a1_d805,
            0x73ed_a753_299d_7d48,
        ],
    ]

    private static func limbs<Number: FixedNatural>(_ number: Number) -> [UInt64] {
        (0..<Number.limbCount).map { number[$0] }
    }
}
