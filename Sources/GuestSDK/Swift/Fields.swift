import CTandem

// Elements of the base fields of BN254 and BLS12-381 and of their extensions by the root of -1.
// Coordinates are below the field's prime, and so are results.

extension BN254 {
    /// c0 + c1 u, where u * u = -1.
    public struct Fp2: Equatable {
        public let c0, c1: UInt256

        public init(c0: UInt256, c1: UInt256) {
            self.c0 = c0
            self.c1 = c1
        }

        private init(_ value: tandem_bn254_fp2) {
            self.init(c0: UInt256(value.c0), c1: UInt256(value.c1))
        }

        private var asC: tandem_bn254_fp2 { tandem_bn254_fp2(c0: c0.asC, c1: c1.asC) }

        public static func + (left: Fp2, right: Fp2) -> Fp2 {
            var (first, second, result) = (left.asC, right.asC, tandem_bn254_fp2())
            tandem_bn254_fp2_add(&result, &first, &second)
            return Fp2(result)
        }

        public static func - (left: Fp2, right: Fp2) -> Fp2 {
            var (first, second, result) = (left.asC, right.asC, tandem_bn254_fp2())
            tandem_bn254_fp2_subtract(&result, &first, &second)
            return Fp2(result)
        }

        public static func * (left: Fp2, right: Fp2) -> Fp2 {
            var (first, second, result) = (left.asC, right.asC, tandem_bn254_fp2())
            tandem_bn254_fp2_multiply(&result, &first, &second)
            return Fp2(result)
        }
    }
}

extension BLS12381 {
    /// An element of the base field.
    public struct Fp: Equatable {
        public let value: UInt384

        public init(_ value: UInt384) {
            self.value = value
        }

        public static func + (left: Fp, right: Fp) -> Fp {
            var (first, second, result) = (left.value.asC, right.value.asC, tandem_u384())
            tandem_bls12381_fp_add(&result, &first, &second)
            return Fp(UInt384(result))
        }

        public static func - (left: Fp, right: Fp) -> Fp {
            var (first, second, result) = (left.value.asC, right.value.asC, tandem_u384())
            tandem_bls12381_fp_subtract(&result, &first, &second)
            return Fp(UInt384(result))
        }

        public static func * (left: Fp, right: Fp) -> Fp {
            var (first, second, result) = (left.value.asC, right.value.asC, tandem_u384())
            tandem_bls12381_fp_multiply(&result, &first, &second)
            return Fp(UInt384(result))
        }

        /// The inverse; nil for zero.
        public var inverse: Fp? {
            var (given, result) = (value.asC, tandem_u384())
            return tandem_bls12381_fp_inverse(&result, &given) ? Fp(UInt384(result)) : nil
        }

        /// One of the square roots; nil when there is none.
        public var squareRoot: Fp? {
            var (given, result) = (value.asC, tandem_u384())
            return tandem_bls12381_fp_sqrt(&result, &given) ? Fp(UInt384(result)) : nil
        }
    }

    /// c0 + c1 u, where u * u = -1.
    public struct Fp2: Equatable {
        public let c0, c1: UInt384

        public init(c0: UInt384, c1: UInt384) {
            self.c0 = c0
            self.c1 = c1
        }

        private init(_ value: tandem_bls12381_fp2) {
            self.init(c0: UInt384(value.c0), c1: UInt384(value.c1))
        }

        private var asC: tandem_bls12381_fp2 { tandem_bls12381_fp2(c0: c0.asC, c1: c1.asC) }

        public static func + (left: Fp2, right: Fp2) -> Fp2 {
            var (first, second, result) = (left.asC, right.asC, tandem_bls12381_fp2())
            tandem_bls12381_fp2_add(&result, &first, &second)
            return Fp2(result)
        }

        public static func - (left: Fp2, right: Fp2) -> Fp2 {
            var (first, second, result) = (left.asC, right.asC, tandem_bls12381_fp2())
            tandem_bls12381_fp2_subtract(&result, &first, &second)
            return Fp2(result)
        }

        public static func * (left: Fp2, right: Fp2) -> Fp2 {
            var (first, second, result) = (left.asC, right.asC, tandem_bls12381_fp2())
            tandem_bls12381_fp2_multiply(&result, &first, &second)
            return Fp2(result)
        }
    }
}
