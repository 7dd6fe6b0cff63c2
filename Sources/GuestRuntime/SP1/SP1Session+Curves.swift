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
        case .secp256k1Add: try Self.add(&core, &points.secp256k1, syscall)
        case .secp256k1Double: try Self.double(&core, &points.secp256k1, syscall)
        case .secp256r1Add: try Self.add(&core, &points.secp256r1, syscall)
        case .secp256r1Double: try Self.double(&core, &points.secp256r1, syscall)
        case .bn254Add: try Self.add(&core, &points.bn254, syscall)
        case .bn254Double: try Self.double(&core, &points.bn254, syscall)
        case .bls12381Add: try Self.add(&core, &points.bls12381, syscall)
        case .bls12381Double: try Self.double(&core, &points.bls12381, syscall)
        case .edAdd: try Self.addOnEd25519(&core, &points.ed25519, syscall)
        case .secp256k1Decompress, .secp256r1Decompress, .bls12381Decompress, .edDecompress:
            try decompress(syscall)
        default: try performInField(syscall)
        }
    }

    private static func add<Curve: WeierstrassCurve>(
        _ core: inout GuestCore, _ memory: inout PointMemory<Curve>, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let addresses = try operandAddresses(&core, syscall)
        let left = try AffinePoint<Curve.Field>.read(&core, at: addresses.left)
        let right = try AffinePoint<Curve.Field>.read(&core, at: addresses.right)
        guard left != right else { throw .invalid("\(syscall.name) of a point and itself") }
        let known = memory.sum(left, right, at: addresses) { .peek(&core, at: $0) }
        try (known ?? Curve.add(left, right)).write(&core, at: addresses.left)
    }

    private static func double<Curve: WeierstrassCurve>(
        _ core: inout GuestCore, _ memory: inout PointMemory<Curve>, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let address = try core.wordAddress(.a0, syscall.name)
        let point = try AffinePoint<Curve.Field>.read(&core, at: address)
        try memory.double(point, at: address).write(&core, at: address)
    }

    private static func addOnEd25519(
        _ core: inout GuestCore, _ memory: inout PointMemory<Ed25519Curve>, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let addresses = try operandAddresses(&core, syscall)
        let left = try AffinePoint<Ed25519Field>.read(&core, at: addresses.left)
        let right = try AffinePoint<Ed25519Field>.read(&core, at: addresses.right)
        guard left != right else {
            return try memory.double(left, at: addresses.left).write(&core, at: addresses.left)
        }
        let known = memory.sum(left, right, at: addresses) { .peek(&core, at: $0) }
        try (known ?? Ed25519Curve.add(left, right)).write(&core, at: addresses.left)
    }

    /// The addresses in a0 and a1.
    private static func operandAddresses(
        _ core: inout GuestCore, _ syscall: SP1Syscall
    ) throws(GuestStop) -> CallRun.Addresses {
        CallRun.Addresses(
            left: try core.wordAddress(.a0, syscall.name),
            right: try core.wordAddress(.a1, syscall.name))
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
        let (x, y) = try Field.Modulus.Natural.readPair(&core, at: address)
        return AffinePoint(x: Field(reducing: x), y: Field(reducing: y))
    }

    /// The point at an address; nil outside the guest's memory.
    @inline(__always)
    fileprivate static func peek(_ core: inout GuestCore, at address: UInt32) -> AffinePoint? {
        // An error says just that.
        try? read(&core, at: address)
    }

    /// Writes the point to an address of a guest's memory.
    @inline(__always)
    fileprivate func write(_ core: inout GuestCore, at address: UInt32) throws(GuestStop) {
        try Field.Modulus.Natural.writePair(x.natural, y.natural, &core, at: address)
    }
}
