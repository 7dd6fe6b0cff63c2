// SP1's precompiles under their own names (tandem_sp1.h).
#include "Precompiles/precompiles.h"

#ifdef TANDEM_SP1_PRECOMPILES

void tandem_sp1_sha_extend(uint32_t schedule[64]) { sp1_call(SP1_SHA_EXTEND, schedule, NULL); }

void tandem_sp1_sha_compress(uint32_t schedule[64], uint32_t state[8]) {
    sp1_call(SP1_SHA_COMPRESS, schedule, state);
}

void tandem_sp1_keccak_permute(uint64_t state[25]) { sp1_call(SP1_KECCAK_PERMUTE, state, NULL); }

// Defines tandem_sp1_<name>, which works on its first operand in place.
#define BINARY(name, number, Type) \
    void tandem_sp1_##name(Type *left, const Type *right) { sp1_call(number, left, right); }
#define UNARY(name, number, Type) \
    void tandem_sp1_##name(Type *value) { sp1_call(number, value, NULL); }
#define CHOICE(name, number, Type) \
    void tandem_sp1_##name(Type *value, bool choice) { \
        sp1_call(number, value, (const void *)(uintptr_t)choice); \
    }

BINARY(secp256k1_add, SP1_SECP256K1_ADD, tandem_point256)
BINARY(secp256r1_add, SP1_SECP256R1_ADD, tandem_point256)
BINARY(bn254_add, SP1_BN254_ADD, tandem_point256)
BINARY(bls12381_add, SP1_BLS12381_ADD, tandem_point384)
BINARY(ed_add, SP1_ED_ADD, tandem_point256)

UNARY(secp256k1_double, SP1_SECP256K1_DOUBLE, tandem_point256)
UNARY(secp256r1_double, SP1_SECP256R1_DOUBLE, tandem_point256)
UNARY(bn254_double, SP1_BN254_DOUBLE, tandem_point256)
UNARY(bls12381_double, SP1_BLS12381_DOUBLE, tandem_point384)

CHOICE(secp256k1_decompress, SP1_SECP256K1_DECOMPRESS, tandem_sp1_compressed256)
CHOICE(secp256r1_decompress, SP1_SECP256R1_DECOMPRESS, tandem_sp1_compressed256)
CHOICE(bls12381_decompress, SP1_BLS12381_DECOMPRESS, tandem_sp1_compressed384)
CHOICE(ed_decompress, SP1_ED_DECOMPRESS, tandem_point256)

BINARY(bn254_fp_add, SP1_BN254_FP_ADD, tandem_u256)
BINARY(bn254_fp_sub, SP1_BN254_FP_SUB, tandem_u256)
BINARY(bn254_fp_mul, SP1_BN254_FP_MUL, tandem_u256)
BINARY(bn254_fp2_add, SP1_BN254_FP2_ADD, tandem_bn254_fp2)
BINARY(bn254_fp2_sub, SP1_BN254_FP2_SUB, tandem_bn254_fp2)
BINARY(bn254_fp2_mul, SP1_BN254_FP2_MUL, tandem_bn254_fp2)
BINARY(bls12381_fp_add, SP1_BLS12381_FP_ADD, tandem_u384)
BINARY(bls12381_fp_sub, SP1_BLS12381_FP_SUB, tandem_u384)
BINARY(bls12381_fp_mul, SP1_BLS12381_FP_MUL, tandem_u384)
BINARY(bls12381_fp2_add, SP1_BLS12381_FP2_ADD, tandem_bls12381_fp2)
BINARY(bls12381_fp2_sub, SP1_BLS12381_FP2_SUB, tandem_bls12381_fp2)
BINARY(bls12381_fp2_mul, SP1_BLS12381_FP2_MUL, tandem_bls12381_fp2)

void tandem_sp1_uint256_mul(tandem_u256 *x, const tandem_sp1_factor *y) {
    sp1_call(SP1_UINT256_MUL, x, y);
}

// The only call with four arguments.
void tandem_sp1_u256xu2048_mul(
    const tandem_u256 *left, const tandem_u2048 *right, tandem_u2048 *low, tandem_u256 *high
) {
    register uint32_t t0 __asm__("t0") = SP1_U256XU2048_MUL;
    register const void *a0 __asm__("a0") = left;
    register const void *a1 __asm__("a1") = right;
    register void *a2 __asm__("a2") = low;
    register void *a3 __asm__("a3") = high;
    __asm__ volatile("ecall" : "+r"(t0) : "r"(a0), "r"(a1), "r"(a2), "r"(a3) : "memory");
}

#endif
