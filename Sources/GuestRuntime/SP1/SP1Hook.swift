/// What a guest may ask of the host by writing to a file descriptor (reference/zkvm.md 2.4). The answers
/// are hints: a guest checks them.
enum SP1Hook {
    /// Descriptor 5 of v1 to v3: the key that made a secp256k1 signature.
    case recoverKey
    /// Descriptor 15: the y coordinate that belongs to an r of secp256k1 or secp256r1.
    case liftPoint
    /// Descriptor 16: whether 32 bytes spell a point of ed25519.
    case edDecompress
    /// Descriptor 17: the remainder and quotient of a 4096-bit product.
    case rsaMultiply
    /// Descriptor 18: a square root in the field of BLS12-381.
    case bls12381SquareRoot
    /// Descriptor 19: an inverse in the field of BLS12-381.
    case bls12381Inverse
    /// Descriptor 20: a square root in a field that the guest names.
    case fieldSquareRoot
    /// Descriptor 21: an inverse in a field that the guest names.
    case fieldInverse

    /// The hook of a descriptor of v4 and later, 15 to 21.
    init?(descriptor: UInt32) {
        switch descriptor {
        case 15: self = .liftPoint
        case 16: self = .edDecompress
        case 17: self = .rsaMultiply
        case 18: self = .bls12381SquareRoot
        case 19: self = .bls12381Inverse
        case 20: self = .fieldSquareRoot
        case 21: self = .fieldInverse
        default: return nil
        }
    }

    /// What a failure calls it.
    var name: String {
        switch self {
        case .recoverKey, .liftPoint: "ecrecover"
        case .edDecompress: "ed25519 decompress"
        case .rsaMultiply: "rsa_mul_mod"
        case .bls12381SquareRoot: "bls12-381 square root"
        case .bls12381Inverse: "bls12-381 inverse"
        case .fieldSquareRoot: "field square root"
        case .fieldInverse: "field inverse"
        }
    }
}
