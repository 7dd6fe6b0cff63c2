import RISCV

// The precompiles on elliptic curves (reference/zkvm.md 2.3): points are x ‖ y, least significant byte
// first, and the result takes the place of the first operand.
//
// The reference assumes coordinates below the prime. Here others count as their residues, also where
// points are compared.
extension SP1Session {
    /// Answers a call for a curve or a field.
    mutating func performOnCurve(_ syscall: SP1Syscall) throws(GuestStop) {
        switch syscall {
        case .secp256k1Add: try add(Secp256k1Curve.self, syscall)
        case .secp256k1Double: try double(Secp256k1Curve.self, syscall)
        case .secp256r1Add: try add(Secp256r1Curve.self, syscall)
        case .secp256r1Double: try double(Secp256r1Curve.self, syscall)
        case .bn254Add: try add(BN254Curve.self, syscall)
        case .bn254Double: try double(BN254Curve.self, syscall)
        case .bls12381Add: try add(BLS12381Curve.self, syscall)
        case .bls12381Double: try double(BLS12381Curve.self, syscall)
        case .edAdd: try addOnEd25519(syscall)
        case .secp256k1Decompress, .secp256r1Decompress, .bls12381Decompress, .edDecompress:
            try decompress(syscall)
        default: try performInField(syscall)
        }
    }

    private mutating func add<Curve: WeierstrassCurve>(
        _: Curve.Type, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let (leftAddress, rightAddress) = try operandAddresses(syscall)
        let left: AffinePoint<Curve.Field> = try point(at: leftAddress)
        let right: AffinePoint<Curve.Field> = try point(at: rightAddress)
        guard let sum = Curve.add(left, right) else {
            throw .invalid("\(syscall.name) of a point and itself")
        }
        try store(sum, at: leftAddress)
    }

    private mutating func double<Curve: WeierstrassCurve>(
        _: Curve.Type, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let address = try core.wordAddress(.a0, syscall.name)
        try store(Curve.double(point(at: address)), at: address)
    }

    private mutating func addOnEd25519(_ syscall: SP1Syscall) throws(GuestStop) {
        let (leftAddress, rightAddress) = try operandAddresses(syscall)
        let left: AffinePoint<Ed25519Field> = try point(at: leftAddress)
        try store(Ed25519Curve.add(left, point(at: rightAddress)), at: leftAddress)
    }

    /// The addresses in a0 and a1.
    mutating func operandAddresses(_ syscall: SP1Syscall) throws(GuestStop) -> (UInt32, UInt32) {
        (try core.wordAddress(.a0, syscall.name), try core.wordAddress(.a1, syscall.name))
    }

    @inline(__always)
    private mutating func point<Field: PrimeField>(
        at address: UInt32
    ) throws(GuestStop) -> AffinePoint<Field> {
        let byteCount = Field.Modulus.Natural.byteCount
        try core.check(address, byteCount: UInt64(byteCount) * 2)
        // The check says that the sum is an address.
        return AffinePoint(
            x: Field(reducing: try .read(&core, at: address)),
            y: Field(reducing: try .read(&core, at: address &+ byteCount)))
    }

    @inline(__always)
    private mutating func store<Field: PrimeField>(
        _ point: AffinePoint<Field>, at address: UInt32
    ) throws(GuestStop) {
        try point.x.natural.write(&core, at: address)
        // A point was read from there, so the sum is an address.
        try point.y.natural.write(&core, at: address &+ Field.Modulus.Natural.byteCount)
    }
}
