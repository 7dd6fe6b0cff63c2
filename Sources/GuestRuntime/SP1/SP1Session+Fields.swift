import RISCV

// The precompiles in prime fields and their quadratic extensions with u² = -1 (reference/zkvm.md 2.3):
// a0 = a0 op a1. Operands count as their residues.
extension SP1Session {
    private enum FieldOperation {
        case add
        case subtract
        case multiply
    }

    /// Answers a call for a field.
    mutating func performInField(_ syscall: SP1Syscall) throws(GuestStop) {
        switch syscall {
        case .bls12381FpAdd: try combine(BLS12381Field.self, .add, syscall)
        case .bls12381FpSubtract: try combine(BLS12381Field.self, .subtract, syscall)
        case .bls12381FpMultiply: try combine(BLS12381Field.self, .multiply, syscall)
        case .bn254FpAdd: try combine(BN254Field.self, .add, syscall)
        case .bn254FpSubtract: try combine(BN254Field.self, .subtract, syscall)
        case .bn254FpMultiply: try combine(BN254Field.self, .multiply, syscall)
        case .bls12381Fp2Add: try combinePairs(BLS12381Field.self, .add, syscall)
        case .bls12381Fp2Subtract: try combinePairs(BLS12381Field.self, .subtract, syscall)
        case .bls12381Fp2Multiply: try combinePairs(BLS12381Field.self, .multiply, syscall)
        case .bn254Fp2Add: try combinePairs(BN254Field.self, .add, syscall)
        case .bn254Fp2Subtract: try combinePairs(BN254Field.self, .subtract, syscall)
        case .bn254Fp2Multiply: try combinePairs(BN254Field.self, .multiply, syscall)
        default: throw Self.unsupported(syscall)
        }
    }

    @inline(__always)
    private mutating func combine<Field: PrimeField>(
        _: Field.Type, _ operation: FieldOperation, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let (leftAddress, rightAddress) = try operandAddresses(syscall)
        let left = Field(reducing: try .read(&core, at: leftAddress))
        let right = Field(reducing: try .read(&core, at: rightAddress))
        let result =
            switch operation {
            case .add: left + right
            case .subtract: left - right
            case .multiply: left * right
            }
        try result.natural.write(&core, at: leftAddress)
    }

    @inline(__always)
    private mutating func combinePairs<Field: PrimeField>(
        _: Field.Type, _ operation: FieldOperation, _ syscall: SP1Syscall
    ) throws(GuestStop) {
        let (leftAddress, rightAddress) = try operandAddresses(syscall)
        let left: QuadraticElement<Field> = try pair(at: leftAddress)
        let right: QuadraticElement<Field> = try pair(at: rightAddress)
        let result =
            switch operation {
            case .add: left + right
            case .subtract: left - right
            case .multiply: left * right
            }
        try Field.Modulus.Natural.writePair(
            result.real.natural, result.imaginary.natural, &core, at: leftAddress)
    }

    @inline(__always)
    private mutating func pair<Field: PrimeField>(
        at address: UInt32
    ) throws(GuestStop) -> QuadraticElement<Field> {
        let (real, imaginary) = try Field.Modulus.Natural.readPair(&core, at: address)
        return QuadraticElement(real: Field(reducing: real), imaginary: Field(reducing: imaginary))
    }
}
