/// SP1's syscall numbers, v1 to v5 (reference/zkvm.md 2.3).
enum SP1Syscall: UInt32, CaseIterable {
    case halt = 0x0000_0000
    case write = 0x0000_0002
    case enterUnconstrained = 0x0000_0003
    case exitUnconstrained = 0x0000_0004
    case commit = 0x0000_0010
    case commitDeferredProofs = 0x0000_001A
    case verifyProof = 0x0000_001B
    case hintLength = 0x0000_00F0
    case hintRead = 0x0000_00F1
    case shaExtend = 0x0030_0105
    case shaCompress = 0x0001_0106
    case keccakPermute = 0x0001_0109

    case edAdd = 0x0001_0107
    case edDecompress = 0x0000_0108
    case secp256k1Add = 0x0001_010A
    case secp256k1Double = 0x0000_010B
    case secp256k1Decompress = 0x0000_010C
    case bn254Add = 0x0001_010E
    case bn254Double = 0x0000_010F
    case bls12381Decompress = 0x0000_011C
    case uint256Multiply = 0x0001_011D
    case bls12381Add = 0x0001_011E
    case bls12381Double = 0x0000_011F
    case bls12381FpAdd = 0x0001_0120
    case bls12381FpSubtract = 0x0001_0121
    case bls12381FpMultiply = 0x0001_0122
    case bls12381Fp2Add = 0x0001_0123
    case bls12381Fp2Subtract = 0x0001_0124
    case bls12381Fp2Multiply = 0x0001_0125
    case bn254FpAdd = 0x0001_0126
    case bn254FpSubtract = 0x0001_0127
    case bn254FpMultiply = 0x0001_0128
    case bn254Fp2Add = 0x0001_0129
    case bn254Fp2Subtract = 0x0001_012A
    case bn254Fp2Multiply = 0x0001_012B
    case secp256r1Add = 0x0001_012C
    case secp256r1Double = 0x0000_012D
    case secp256r1Decompress = 0x0000_012E
    case u256xU2048Multiply = 0x0001_012F

    /// The name in SP1's own spelling.
    var name: String {
        switch self {
        case .halt: "HALT"
        case .write: "WRITE"
        case .enterUnconstrained: "ENTER_UNCONSTRAINED"
        case .exitUnconstrained: "EXIT_UNCONSTRAINED"
        case .commit: "COMMIT"
        case .commitDeferredProofs: "COMMIT_DEFERRED_PROOFS"
        case .verifyProof: "VERIFY_SP1_PROOF"
        case .hintLength: "HINT_LEN"
        case .hintRead: "HINT_READ"
        case .shaExtend: "SHA_EXTEND"
        case .shaCompress: "SHA_COMPRESS"
        case .keccakPermute: "KECCAK_PERMUTE"
        default: curveName
        }
    }

    private var curveName: String {
        switch self {
        case .edAdd: "ED_ADD"
        case .edDecompress: "ED_DECOMPRESS"
        case .secp256k1Add: "SECP256K1_ADD"
        case .secp256k1Double: "SECP256K1_DOUBLE"
        case .secp256k1Decompress: "SECP256K1_DECOMPRESS"
        case .secp256r1Add: "SECP256R1_ADD"
        case .secp256r1Double: "SECP256R1_DOUBLE"
        case .secp256r1Decompress: "SECP256R1_DECOMPRESS"
        case .bn254Add: "BN254_ADD"
        case .bn254Double: "BN254_DOUBLE"
        case .bls12381Decompress: "BLS12381_DECOMPRESS"
        case .bls12381Add: "BLS12381_ADD"
        case .bls12381Double: "BLS12381_DOUBLE"
        default: fieldName
        }
    }

    private var fieldName: String {
        switch self {
        case .uint256Multiply: "UINT256_MUL"
        case .u256xU2048Multiply: "U256XU2048_MUL"
        case .bls12381FpAdd: "BLS12381_FP_ADD"
        case .bls12381FpSubtract: "BLS12381_FP_SUB"
        case .bls12381FpMultiply: "BLS12381_FP_MUL"
        case .bls12381Fp2Add: "BLS12381_FP2_ADD"
        case .bls12381Fp2Subtract: "BLS12381_FP2_SUB"
        case .bls12381Fp2Multiply: "BLS12381_FP2_MUL"
        case .bn254FpAdd: "BN254_FP_ADD"
        case .bn254FpSubtract: "BN254_FP_SUB"
        case .bn254FpMultiply: "BN254_FP_MUL"
        case .bn254Fp2Add: "BN254_FP2_ADD"
        case .bn254Fp2Subtract: "BN254_FP2_SUB"
        case .bn254Fp2Multiply: "BN254_FP2_MUL"
        default: "\(self)"
        }
    }
}
