import Bytes
import EthCrypto

// The hooks for curves and their fields (reference/zkvm.md 2.4). What the reference panics at fails here.
extension SP1Session {
    /// Descriptor 5 of v1 to v3: r, s, recovery id and digest; the key and the inverse of s, made low.
    static func recoverKey(_ input: [UInt8]) throws(GuestStop) -> [[UInt8]] {
        guard input.count == 97 else { throw wrongLength(.recoverKey, input) }
        let order = Secp256k1Curve.order
        var s = LimbInteger<4>(bigEndian: input.span.extracting(32..<64))
        // libsecp256k1 compares r and s with the order and with zero.
        let key = Secp256k1.recoverKey(
            r: Hash32(unchecked: input.span.extracting(0..<32)),
            s: Hash32(unchecked: input.span.extracting(32..<64)), recoveryID: input[64],
            digest: Hash32(unchecked: input.span.extracting(65..<97)))
        guard let key else { throw .invalid("the hook ecrecover: no key made that signature") }
        let negated = order.subtracting(s).difference
        if negated < s { s = negated }
        let inverse = ModularInverse<5, 4>(order).divide(LimbInteger(1), by: s)
        return [(0..<33).map { key[$0] }, inverse.bigEndianBytes]
    }

    /// Descriptor 15: the curve with the parity of y in its highest bit, r, and alpha, which is
    /// r³ + a·r + b. With a root of alpha: 1, the y with that parity, and 1/r modulo the order;
    /// without: 0 and a root of 3·alpha, as 3 is no square in either field.
    static func liftPoint(_ input: [UInt8]) throws(GuestStop) -> [[UInt8]] {
        guard input.count == 65 else { throw wrongLength(.liftPoint, input) }
        switch input[0] & 0x7f {
        case 1:
            // The reference looks at this for one of the curves only.
            guard input[33...].contains(where: { $0 != 0 }) else {
                throw .invalid("the hook ecrecover: alpha is zero")
            }
            return try liftPoint(Secp256k1Curve.self, Secp256k1Curve.order, input)
        case 2: return try liftPoint(Secp256r1Curve.self, Secp256r1Curve.order, input)
        default: throw .invalid("the hook ecrecover: there is no curve \(input[0] & 0x7f)")
        }
    }

    private static func liftPoint<Curve: WeierstrassCurve>(
        _: Curve.Type, _ order: LimbInteger<4>, _ input: [UInt8]
    ) throws(GuestStop) -> [[UInt8]] where Curve.Field.Modulus.Natural == LimbInteger<4> {
        let r = LimbInteger<4>(bigEndian: input.span.extracting(1..<33))
        let number = LimbInteger<4>(bigEndian: input.span.extracting(33..<65))
        guard r < Curve.Field.Modulus.modulus, let alpha = Curve.Field(canonical: number)
        else { throw .invalid("the hook ecrecover: r or alpha is not in the field") }
        guard let root = Curve.squareRoot(alpha) else {
            guard let hint = Curve.squareRoot(alpha + alpha + alpha) else {
                throw .invalid("the hook ecrecover: alpha has no hint")
            }
            return [[0], hint.natural.bigEndianBytes]
        }
        guard !r.isZero, r < order else {
            throw .invalid("the hook ecrecover: r is not in the group")
        }
        let y = root.natural.isOdd == (input[0] >> 7 == 1) ? root : root.negated
        let inverse = ModularInverse<5, 4>(order).divide(LimbInteger(1), by: r)
        return [[1], y.natural.bigEndianBytes, inverse.bigEndianBytes]
    }

    /// Descriptor 16: y with a sign in its highest bit, and v = d·y² + 1, least significant byte first. If
    /// (y² - 1) / v is a square: 1. If not: 0, 1/v, and the even root of twice that.
    static func edDecompress(_ input: [UInt8]) throws(GuestStop) -> [[UInt8]] {
        guard input.count >= 32 else { throw wrongLength(.edDecompress, input) }
        var bits = LimbInteger<4>(littleEndian: input.span.extracting(0..<32))
        bits[3] &= .max >> 1
        guard let y = Ed25519Field(canonical: bits) else { return [[0]] }
        let end = min(input.count, 64)
        let number = LimbInteger<4>(littleEndian: input.span.extracting(32..<end))
        guard let v = Ed25519Field(canonical: number), input[end...].allSatisfy({ $0 == 0 })
        else { throw .invalid("the hook ed25519 decompress: v is not in the field") }
        let inverse = v.inverted
        let ratio = (y * y - Ed25519Field(1)) * inverse
        if Ed25519Curve.squareRoot(ratio) != nil { return [[1]] }
        guard let hint = Ed25519Curve.squareRoot(ratio + ratio) else {
            throw .invalid("the hook ed25519 decompress: there is no hint")
        }
        return [[0], inverse.natural.littleEndianBytes, hint.natural.littleEndianBytes]
    }

    /// Descriptor 18: 1 and a root of the element; without one, 0 and a root of twice the element.
    static func bls12381SquareRoot(_ input: [UInt8]) throws(GuestStop) -> [[UInt8]] {
        let number = try bls12381Number(.bls12381SquareRoot, input)
        let element = BLS12381Field(reducing: number)
        // A number that is not below the prime equals no square.
        if element.natural == number, let root = BLS12381Curve.squareRoot(element) {
            return [[1], root.natural.bigEndianBytes]
        }
        guard let hint = BLS12381Curve.squareRoot(element + element) else {
            throw .invalid("the hook bls12-381 square root: the element is not below the prime")
        }
        return [[0], hint.natural.bigEndianBytes]
    }

    /// Descriptor 19: the inverse of an element that is not zero.
    static func bls12381Inverse(_ input: [UInt8]) throws(GuestStop) -> [[UInt8]] {
        let number = try bls12381Number(.bls12381Inverse, input)
        guard !number.isZero else { throw .invalid("the hook bls12-381 inverse of zero") }
        return [BLS12381Field(reducing: number).inverted.natural.bigEndianBytes]
    }

    /// The first 48 bytes; more than those are ignored.
    private static func bls12381Number(
        _ hook: SP1Hook, _ input: [UInt8]
    ) throws(GuestStop) -> LimbInteger<6> {
        guard input.count >= 48 else { throw wrongLength(hook, input) }
        return LimbInteger(bigEndian: input.span.extracting(0..<48))
    }

    private static func wrongLength(_ hook: SP1Hook, _ input: [UInt8]) -> GuestStop {
        .invalid("the hook \(hook.name) with \(input.count) bytes")
    }
}
