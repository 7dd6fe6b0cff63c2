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
        case .secp256k1Double: try Self.double(&core, &doublings.secp256k1, syscall)
        case .secp256r1Add: try add(Secp256r1Curve.self, syscall)
        case .secp256r1Double: try Self.double(&core, &doublings.secp256r1, syscall)
        case .bn254Add: try add(BN254Curve.self, syscall)
        case .bn254Double: try Self.double(&core, &doublings.bn254, syscall)
        case .bls12381Add: try add(BLS12381Curve.self, syscall)
        case .bls12381Double: try Self.double(&core, &doublings.bls12381, syscall)
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
        let left = try AffinePoint<Curve.Field>.read(&core, at: leftAddress)
        guard let sum = Curve.add(left, try .read(&core, at: rightAddress)) else {
            throw .invalid("\(syscall.name) of a point and itself")
        }
        try sum.write(&core, at: leftAddress)
    }

    private static func double<Curve: WeierstrassCurve>(
        _ core: inout GuestCore, _ cache: inout DoublingCache<Curve>, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let address = try core.wordAddress(.a0, syscall.name)
        let point = try AffinePoint<Curve.Field>.read(&core, at: address)
        try cache.double(point).write(&core, at: address)
    }

    private mutating func addOnEd25519(_ syscall: SP1Syscall) throws(GuestStop) {
        let (leftAddress, rightAddress) = try operandAddresses(syscall)
        let left = try AffinePoint<Ed25519Field>.read(&core, at: leftAddress)
        let right = try AffinePoint<Ed25519Field>.read(&core, at: rightAddress)
        let sum = left == right ? doublings.ed25519.double(left) : Ed25519Curve.add(left, right)
        try sum.write(&core, at: leftAddress)
    }

    /// The addresses in a0 and a1.
    mutating func operandAddresses(_ syscall: SP1Syscall) throws(GuestStop) -> (UInt32, UInt32) {
        (try core.wordAddress(.a0, syscall.name), try core.wordAddress(.a1, syscall.name))
    }
}

extension AffinePoint {
    /// The point at an address of a guest's memory.
    @inline(__always)
    fileprivate static func read(
        _ core: inout GuestCore, at address: UInt32
    ) throws(GuestStop) -> AffinePoint {
        let byteCount = Field.Modulus.Natural.byteCount
        try core.check(address, byteCount: UInt64(byteCount) * 2)
        // The check says that the sum is an address.
        return AffinePoint(
            x: Field(reducing: try .read(&core, at: address)),
            y: Field(reducing: try .read(&core, at: address &+ byteCount)))
    }

    /// Writes the point to where one was read.
    @inline(__always)
    fileprivate func write(_ core: inout GuestCore, at address: UInt32) throws(GuestStop) {
        try x.natural.write(&core, at: address)
        // A point was read from there, so the sum is an address.
        try y.natural.write(&core, at: address &+ Field.Modulus.Natural.byteCount)
    }
}
