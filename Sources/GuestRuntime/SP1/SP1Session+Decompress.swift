import RISCV

// The decompressions of points (reference/zkvm.md 2.3). The result lies in front of the coordinate that it
// is computed from. That coordinate has to be below the prime, as in the libraries that the reference
// uses; the sign in a1 has to be 0 or 1.
extension SP1Session {
    mutating func decompress(_ syscall: SP1Syscall) throws(GuestStop) {
        let address = try core.wordAddress(.a0, syscall.name)
        let sign = core.register(.a1)
        guard sign <= 1 else { throw .invalid("\(syscall.name) with the sign \(sign)") }
        switch syscall {
        case .secp256k1Decompress: try liftByParity(Secp256k1Curve.self, address, sign, syscall)
        case .secp256r1Decompress: try liftByParity(Secp256r1Curve.self, address, sign, syscall)
        case .bls12381Decompress: try liftBySize(address, sign, syscall)
        default: try decompressOnEd25519(address, sign, syscall)
        }
    }

    /// The y coordinate that is odd if the sign is 1.
    private mutating func liftByParity<Curve: WeierstrassCurve>(
        _: Curve.Type, _ address: UInt32, _ sign: UInt32, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let y = try lift(Curve.self, address, syscall)
        let signed = y.natural.isOdd == (sign == 1) ? y : y.negated
        try signed.natural.write(&core, at: address)
    }

    /// The y coordinate that is the larger one of both if the sign is 1.
    private mutating func liftBySize(
        _ address: UInt32, _ sign: UInt32, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let y = try lift(BLS12381Curve.self, address, syscall)
        let (root, other) = (y.natural, y.negated.natural)
        let signed = (other < root) == (sign == 1) ? root : other
        try signed.write(&core, at: address)
    }

    private mutating func lift<Curve: WeierstrassCurve>(
        _: Curve.Type, _ address: UInt32, _ syscall: SP1Syscall
    ) throws(GuestStop) -> Curve.Field {
        let byteCount = Curve.Field.Modulus.Natural.byteCount
        try core.check(address, byteCount: UInt64(byteCount) * 2)
        // The check says that the sum is an address.
        guard let x = Curve.Field(canonical: try .read(&core, at: address &+ byteCount)) else {
            throw .invalid("\(syscall.name) of an x coordinate that is not below the prime")
        }
        guard let y = Curve.y(at: x) else {
            throw .invalid("\(syscall.name) of an x coordinate that no point has")
        }
        return y
    }

    /// The x coordinate that is odd if the sign is 1. The highest bit of y does not count. The reference
    /// negates zero to the prime itself, and so does this.
    private mutating func decompressOnEd25519(
        _ address: UInt32, _ sign: UInt32, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        try core.check(address, byteCount: 64)
        // The check says that the sum is an address.
        var bits = try LimbInteger<4>.read(&core, at: address &+ 32)
        bits[3] &= .max >> 1
        guard let y = Ed25519Field(canonical: bits) else {
            throw .invalid("\(syscall.name) of a y coordinate that is not below the prime")
        }
        guard let x = Ed25519Curve.x(at: y)?.natural else {
            throw .invalid("\(syscall.name) of a y coordinate that no point has")
        }
        let signed = sign == 1 ? Ed25519Modulus.modulus.subtracting(x).difference : x
        try signed.write(&core, at: address)
    }
}
