/// ed25519: -x² + y² = 1 + d·x²·y² (RFC 8032, section 5.1), with the operations of SP1's precompiles
/// (reference/zkvm.md 2.3).
enum Ed25519Curve {
    /// -121665/121666.
    static var d: Ed25519Field {
        Ed25519Field(
            reducing: LimbInteger([
                0x75eb_4dca_1359_78a3, 0x0070_0a4d_4141_d8ab, 0x8cc7_4079_7779_e898,
                0x5203_6cee_2b6f_fe73,
            ]))
    }

    /// A square root of -1: 2^((p - 1) / 4).
    private static var rootOfMinusOne: Ed25519Field {
        Ed25519Field(
            reducing: LimbInteger([
                0xc4ee_1b27_4a0e_a0b0, 0x2f43_1806_ad2f_e478, 0x2b4d_0099_3dfb_d7a7,
                0x2b83_2480_4fc1_df0b,
            ]))
    }

    /// (p + 3) / 8.
    private static var rootExponent: LimbInteger<4> {
        LimbInteger([0xffff_ffff_ffff_fffe, .max, .max, 0x0fff_ffff_ffff_ffff])
    }

    /// The sum of two points, equal ones too. Both denominators share one inversion; where one of them is
    /// zero, which is not so for points of the curve, each has its own and 1/0 is 0.
    @inline(__always)
    static func add(
        _ left: AffinePoint<Ed25519Field>, _ right: AffinePoint<Ed25519Field>
    ) -> AffinePoint<Ed25519Field> {
        let sum = Fraction(adding: left, right)
        let both = sum.denominatorX * sum.denominatorY
        if both.isZero {
            return AffinePoint(
                x: sum.x * sum.denominatorX.inverted, y: sum.y * sum.denominatorY.inverted)
        }
        return sum.point(both.inverted)
    }

    /// The even x coordinate that belongs to y; nil when there is none.
    static func x(at y: Ed25519Field) -> Ed25519Field? {
        let square = y * y
        let (numerator, denominator) = (
            square - Ed25519Field(1), d * square + Ed25519Field(1)
        )
        return squareRoot(Ed25519Field.quotient(numerator, denominator))
    }

    /// The even square root; nil when there is none.
    static func squareRoot(_ value: Ed25519Field) -> Ed25519Field? {
        var root = value.raised(to: rootExponent)
        let square = root * root
        if square == value.negated {
            root = root * rootOfMinusOne
        } else if square != value {
            return nil
        }
        return root.natural.isOdd ? root.negated : root
    }
}
