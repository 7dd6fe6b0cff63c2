import CTandem

/// secp256k1, the curve of Bitcoin and Ethereum.
public enum Secp256k1: Curve256 {
    public static var arithmetic: CurveArithmetic {
        CurveArithmetic(
            add: tandem_secp256k1_add, negate: tandem_secp256k1_negate,
            multiply: tandem_secp256k1_multiply, contains: tandem_secp256k1_is_on_curve,
            parameters: tandem_secp256k1, identityY: 0)
    }

    /// The point with this x and a y of this parity; nil when there is none.
    public static func point(x: UInt256, yIsOdd: Bool) -> Point<Secp256k1>? {
        var (given, point) = (x.asC, tandem_point256())
        return tandem_secp256k1_decompress(&point, &given, yIsOdd) ? Point(point) : nil
    }
}

/// P-256 (secp256r1), the curve of passkeys and secure enclaves.
public enum P256: Curve256 {
    public static var arithmetic: CurveArithmetic {
        CurveArithmetic(
            add: tandem_p256_add, negate: tandem_p256_negate, multiply: tandem_p256_multiply,
            contains: tandem_p256_is_on_curve, parameters: tandem_p256, identityY: 0)
    }

    /// The point with this x and a y of this parity; nil when there is none.
    public static func point(x: UInt256, yIsOdd: Bool) -> Point<P256>? {
        var (given, point) = (x.asC, tandem_point256())
        return tandem_p256_decompress(&point, &given, yIsOdd) ? Point(point) : nil
    }
}

/// Ed25519 (RFC 8032).
public enum Ed25519: Curve256 {
    public static var arithmetic: CurveArithmetic {
        CurveArithmetic(
            add: tandem_ed25519_add, negate: tandem_ed25519_negate,
            multiply: tandem_ed25519_multiply, contains: tandem_ed25519_is_on_curve,
            parameters: tandem_ed25519, identityY: 1)
    }

    /// The point that 32 bytes encode; nil when they are not the canonical encoding of one.
    public static func point(_ bytes: some GuestBytes) -> Point<Ed25519>? {
        var point = tandem_point256()
        let isPoint = bytes.withBytes { source in
            guard source.count == 32 else { return false }
            return tandem_ed25519_decompress(
                &point, source.assumingMemoryBound(to: UInt8.self).baseAddress)
        }
        return isPoint ? Point(point) : nil
    }

    /// The encoding of a point.
    public static func encoding(of point: Point<Ed25519>) -> Hash32 {
        var given = point.asC
        return Hash32 { tandem_ed25519_compress(&given, $0) }
    }
}

/// BN254 G1, the curve of Ethereum's precompiles 6 to 8, and its base field.
public enum BN254: Curve256 {
    public static var arithmetic: CurveArithmetic {
        CurveArithmetic(
            add: tandem_bn254_add, negate: tandem_bn254_negate, multiply: tandem_bn254_multiply,
            contains: tandem_bn254_is_on_curve, parameters: tandem_bn254, identityY: 0)
    }
}
