// The primes of the fields, each with the document that gives it. python -c 'hex(pow(2, 512, p))' checks
// the derived constants; so do the tests.

/// The prime of secp256k1 (SEC 2, section 2.4.1): 2^256 - 2^32 - 977.
enum Secp256k1Modulus: FoldedModulus {
    static var modulus: LimbInteger<4> {
        LimbInteger([0xffff_fffe_ffff_fc2f, .max, .max, .max])
    }

    static var fold: UInt64 { 0x1_0000_03d1 }

    @inline(__always)
    static func reduce(_ value: LimbInteger<4>) -> LimbInteger<4> {
        // Of numbers below 2^256, hardly any is not below the prime.
        if value[3] != .max { return value }
        let (difference, borrow) = value.subtracting(modulus)
        return difference.replaced(by: value, if: borrow == 1)
    }
}

/// The prime of ed25519 (RFC 7748, section 4.1): 2^255 - 19.
enum Ed25519Modulus: FoldedModulus {
    static var modulus: LimbInteger<4> {
        LimbInteger([0xffff_ffff_ffff_ffed, .max, .max, 0x7fff_ffff_ffff_ffff])
    }

    static var fold: UInt64 { 38 }

    @inline(__always)
    static func reduce(_ value: LimbInteger<4>) -> LimbInteger<4> {
        var low = value
        low[3] &= 0x7fff_ffff_ffff_ffff
        // At most 2^255 + 18: less than twice the prime, and hardly ever not below it. Whether 2^255 was
        // in the number is as good as random in results, and no branch is on that.
        let sum = low.adding(LimbInteger(19 &* (value[3] &>> 63))).sum
        if sum[3] < 0x7fff_ffff_ffff_ffff { return sum }
        let (difference, borrow) = sum.subtracting(modulus)
        return difference.replaced(by: sum, if: borrow == 1)
    }
}

/// The prime of secp256r1 (SEC 2, section 2.4.2).
enum Secp256r1Modulus: MontgomeryModulus {
    static var modulus: LimbInteger<4> {
        LimbInteger([.max, 0x0000_0000_ffff_ffff, 0, 0xffff_ffff_0000_0001])
    }

    static var negatedInverse: UInt64 { 1 }

    static var radixSquared: LimbInteger<4> {
        LimbInteger([
            0x0000_0000_0000_0003, 0xffff_fffb_ffff_ffff, 0xffff_ffff_ffff_fffe,
            0x0000_0004_ffff_fffd,
        ])
    }
}

/// The prime of alt_bn128 (EIP-196).
enum BN254Modulus: MontgomeryModulus {
    static var modulus: LimbInteger<4> {
        LimbInteger([
            0x3c20_8c16_d87c_fd47, 0x9781_6a91_6871_ca8d, 0xb850_45b6_8181_585d,
            0x3064_4e72_e131_a029,
        ])
    }

    static var negatedInverse: UInt64 { 0x87d2_0782_e486_6389 }

    static var radixSquared: LimbInteger<4> {
        LimbInteger([
            0xf32c_fc5b_538a_fa89, 0xb5e7_1911_d445_01fb, 0x47ab_1eff_0a41_7ff6,
            0x06d8_9f71_cab8_351f,
        ])
    }
}

/// The prime of BLS12-381 (EIP-2537).
enum BLS12381Modulus: MontgomeryModulus {
    static var modulus: LimbInteger<6> {
        LimbInteger([
            0xb9fe_ffff_ffff_aaab, 0x1eab_fffe_b153_ffff, 0x6730_d2a0_f6b0_f624,
            0x6477_4b84_f385_12bf, 0x4b1b_a7b6_434b_acd7, 0x1a01_11ea_397f_e69a,
        ])
    }

    static var negatedInverse: UInt64 { 0x89f3_fffc_fffc_fffd }

    static var radixSquared: LimbInteger<6> {
        LimbInteger([
            0xf4df_1f34_1c34_1746, 0x0a76_e6a6_09d1_04f1, 0x8de5_476c_4c95_b6d5,
            0x67eb_88a9_939d_83c0, 0x9a79_3e85_b519_952d, 0x1198_8fe5_92ca_e3aa,
        ])
    }
}

typealias Secp256k1Field = FoldedElement<Secp256k1Modulus>
typealias Ed25519Field = FoldedElement<Ed25519Modulus>
typealias Secp256r1Field = MontgomeryElement<Secp256r1Modulus>
typealias BN254Field = MontgomeryElement<BN254Modulus>
typealias BLS12381Field = MontgomeryElement<BLS12381Modulus>
