/// secp256k1 (SEC 2, section 2.4.1).
enum Secp256k1Curve: WeierstrassCurve {
    typealias Field = Secp256k1Field

    static var certainLength: Int { 1 }
    static var isAZero: Bool { true }
    static var b: Secp256k1Field { Secp256k1Field(7) }

    static var rootExponent: LimbInteger<4> {
        LimbInteger([0xffff_ffff_bfff_ff0c, .max, .max, 0x3fff_ffff_ffff_ffff])
    }

    /// The order of the group.
    static var order: LimbInteger<4> {
        LimbInteger([
            0xbfd2_5e8c_d036_4141, 0xbaae_dce6_af48_a03b, 0xffff_ffff_ffff_fffe, .max,
        ])
    }
}

/// secp256r1 (SEC 2, section 2.4.2).
enum Secp256r1Curve: WeierstrassCurve {
    typealias Field = Secp256r1Field

    static var certainLength: Int { 1 }
    static var isAZero: Bool { false }

    static var b: Secp256r1Field {
        Secp256r1Field(
            reducing: LimbInteger([
                0x3bce_3c3e_27d2_604b, 0x651d_06b0_cc53_b0f6, 0xb3eb_bd55_7698_86bc,
                0x5ac6_35d8_aa3a_93e7,
            ]))
    }

    static var rootExponent: LimbInteger<4> {
        LimbInteger([0, 0x0000_0000_4000_0000, 0x4000_0000_0000_0000, 0x3fff_ffff_c000_0000])
    }

    /// The order of the group.
    static var order: LimbInteger<4> {
        LimbInteger([
            0xf3b9_cac2_fc63_2551, 0xbce6_faad_a717_9e84, .max, 0xffff_ffff_0000_0000,
        ])
    }
}

/// G1 of alt_bn128 (EIP-196).
enum BN254Curve: WeierstrassCurve {
    typealias Field = BN254Field

    static var certainLength: Int { 2 }
    static var isAZero: Bool { true }
    static var b: BN254Field { BN254Field(3) }

    static var rootExponent: LimbInteger<4> {
        LimbInteger([
            0x4f08_2305_b61f_3f52, 0x65e0_5aa4_5a1c_72a3, 0x6e14_116d_a060_5617,
            0x0c19_139c_b84c_680a,
        ])
    }
}

/// G1 of BLS12-381 (EIP-2537).
enum BLS12381Curve: WeierstrassCurve {
    typealias Field = BLS12381Field

    static var certainLength: Int { 4 }
    static var isAZero: Bool { true }
    static var b: BLS12381Field { BLS12381Field(4) }

    static var rootExponent: LimbInteger<6> {
        LimbInteger([
            0xee7f_bfff_ffff_eaab, 0x07aa_ffff_ac54_ffff, 0xd9cc_34a8_3dac_3d89,
            0xd91d_d2e1_3ce1_44af, 0x92c6_e9ed_90d2_eb35, 0x0680_447a_8e5f_f9a6,
        ])
    }
}
