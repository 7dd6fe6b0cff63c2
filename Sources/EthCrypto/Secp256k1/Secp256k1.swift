package import Bytes
internal import CSecp256k1

/// The curve's group order and the one library context of the process.
package enum Secp256k1 {
    /// n, the order of the group.
    package static let order = UInt256(
        limbs: 0xbfd2_5e8c_d036_4141, 0xbaae_dce6_af48_a03b, 0xffff_ffff_ffff_fffe, .max)

    /// (n - 1) / 2, the largest s that EIP-2 allows.
    package static let halfOrder = UInt256(
        limbs: 0xdfe9_2f46_681b_20a0, 0x5d57_6e73_57a4_501d, .max, 0x7fff_ffff_ffff_ffff)

    /// The library's precomputed tables, made once and never changed afterwards.
    // secp256k1.h: a context may be used by many threads as long as none of them changes it, and
    // nobody does: it is not randomised and not destroyed.
    nonisolated(unsafe) static let context: OpaquePointer = unsafe makeContext()

    private static func makeContext() -> OpaquePointer {
        guard let context = unsafe secp256k1_context_create(UInt32(SECP256K1_CONTEXT_NONE)) else {
            preconditionFailure("no memory for the secp256k1 context")
        }
        return unsafe context
    }
}
