// The base field of BN254 and its quadratic extension (tandem_fields.h).
#include "tandem_fields.h"

#include "Integers/words.h"
#include "Precompiles/precompiles.h"

const tandem_u256 tandem_bn254_prime = {{
    0xd87cfd47, 0x3c208c16, 0x6871ca8d, 0x97816a91,
    0x8181585d, 0xb85045b6, 0xe131a029, 0x30644e72,
}};

#ifdef TANDEM_SP1_PRECOMPILES

#define OPERATION(name, call, Type) \
    void tandem_bn254_##name(Type *result, const Type *left, const Type *right) { \
        Type value = *left; \
        sp1_call(call, &value, right); \
        *result = value; \
    }

OPERATION(fp_add, SP1_BN254_FP_ADD, tandem_u256)
OPERATION(fp_subtract, SP1_BN254_FP_SUB, tandem_u256)
OPERATION(fp_multiply, SP1_BN254_FP_MUL, tandem_u256)
OPERATION(fp2_add, SP1_BN254_FP2_ADD, tandem_bn254_fp2)
OPERATION(fp2_subtract, SP1_BN254_FP2_SUB, tandem_bn254_fp2)
OPERATION(fp2_multiply, SP1_BN254_FP2_MUL, tandem_bn254_fp2)

#else

void tandem_bn254_fp_add(tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right) {
    tandem_u256_addmod(result, left, right, &tandem_bn254_prime);
}

void tandem_bn254_fp_subtract(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right
) {
    tandem_u256_submod(result, left, right, &tandem_bn254_prime);
}

void tandem_bn254_fp_multiply(
    tandem_u256 *result, const tandem_u256 *left, const tandem_u256 *right
) {
    tandem_u256_mulmod(result, left, right, &tandem_bn254_prime);
}

void tandem_bn254_fp2_add(
    tandem_bn254_fp2 *result, const tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right
) {
    tandem_bn254_fp_add(&result->c0, &left->c0, &right->c0);
    tandem_bn254_fp_add(&result->c1, &left->c1, &right->c1);
}

void tandem_bn254_fp2_subtract(
    tandem_bn254_fp2 *result, const tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right
) {
    tandem_bn254_fp_subtract(&result->c0, &left->c0, &right->c0);
    tandem_bn254_fp_subtract(&result->c1, &left->c1, &right->c1);
}

// (a0 + a1 u)(b0 + b1 u) = a0 b0 - a1 b1 + (a0 b1 + a1 b0) u.
void tandem_bn254_fp2_multiply(
    tandem_bn254_fp2 *result, const tandem_bn254_fp2 *left, const tandem_bn254_fp2 *right
) {
    tandem_u256 real, both, first, second;
    tandem_bn254_fp_multiply(&real, &left->c0, &right->c0);
    tandem_bn254_fp_multiply(&both, &left->c1, &right->c1);
    tandem_bn254_fp_multiply(&first, &left->c0, &right->c1);
    tandem_bn254_fp_multiply(&second, &left->c1, &right->c0);
    tandem_bn254_fp_subtract(&result->c0, &real, &both);
    tandem_bn254_fp_add(&result->c1, &first, &second);
}

#endif

bool tandem_bn254_fp_inverse(tandem_u256 *result, const tandem_u256 *value) {
    return tandem_u256_invmod(result, value, &tandem_bn254_prime);
}

// The prime is 3 modulo 4, so that -1 has no root.
bool tandem_bn254_fp_sqrt(tandem_u256 *result, const tandem_u256 *value) {
    static const tandem_u256 one = {{1}};
    tandem_u256 minus_one;
    tandem_u256_subtract(&minus_one, &tandem_bn254_prime, &one);
    return tandem_u256_sqrtmod(result, value, &tandem_bn254_prime, &minus_one);
}
