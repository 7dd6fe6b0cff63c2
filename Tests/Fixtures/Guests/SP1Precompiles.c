// Every precompile of SP1 on curves, fields and integers, called as the machine has it.
#include "checks.h"
#include "tandem_sp1.h"

// The result is the first operand, changed in place.
#define BINARY(call, Type) \
    static void call##_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        Type left, right; \
        (void)count; \
        memcpy(&left, operands, sizeof left); \
        memcpy(&right, operands + sizeof left, sizeof right); \
        tandem_sp1_##call(&left, &right); \
        memcpy(result, &left, sizeof left); \
    }
#define UNARY(call, Type) \
    static void call##_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        Type value; \
        (void)count; \
        memcpy(&value, operands, sizeof value); \
        tandem_sp1_##call(&value); \
        memcpy(result, &value, sizeof value); \
    }
// The operand is the choice in a word, then the memory that the call takes.
#define CHOICE(call, Type) \
    static void call##_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        Type value; \
        (void)count; \
        memcpy(&value, operands + 4, sizeof value); \
        tandem_sp1_##call(&value, operands[0] != 0); \
        memcpy(result, &value, sizeof value); \
    }

#define BINARY_CALLS(CALL) \
    CALL(secp256k1_add, tandem_point256) CALL(secp256r1_add, tandem_point256) \
    CALL(bn254_add, tandem_point256) CALL(bls12381_add, tandem_point384) \
    CALL(ed_add, tandem_point256) \
    CALL(bn254_fp_add, tandem_u256) CALL(bn254_fp_sub, tandem_u256) \
    CALL(bn254_fp_mul, tandem_u256) CALL(bn254_fp2_add, tandem_bn254_fp2) \
    CALL(bn254_fp2_sub, tandem_bn254_fp2) CALL(bn254_fp2_mul, tandem_bn254_fp2) \
    CALL(bls12381_fp_add, tandem_u384) CALL(bls12381_fp_sub, tandem_u384) \
    CALL(bls12381_fp_mul, tandem_u384) CALL(bls12381_fp2_add, tandem_bls12381_fp2) \
    CALL(bls12381_fp2_sub, tandem_bls12381_fp2) CALL(bls12381_fp2_mul, tandem_bls12381_fp2)
#define UNARY_CALLS(CALL) \
    CALL(secp256k1_double, tandem_point256) CALL(secp256r1_double, tandem_point256) \
    CALL(bn254_double, tandem_point256) CALL(bls12381_double, tandem_point384)
#define CHOICE_CALLS(CALL) \
    CALL(secp256k1_decompress, tandem_sp1_compressed256) \
    CALL(secp256r1_decompress, tandem_sp1_compressed256) \
    CALL(bls12381_decompress, tandem_sp1_compressed384) CALL(ed_decompress, tandem_point256)

BINARY_CALLS(BINARY)
UNARY_CALLS(UNARY)
CHOICE_CALLS(CHOICE)

static void uint256_mul_check(const uint8_t *operands, size_t count, uint8_t *result) {
    tandem_u256 x;
    tandem_sp1_factor y;
    (void)count;
    memcpy(&x, operands, sizeof x);
    memcpy(&y, operands + sizeof x, sizeof y);
    tandem_sp1_uint256_mul(&x, &y);
    memcpy(result, &x, sizeof x);
}

static void u256xu2048_mul_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    tandem_sp1_u256xu2048_mul(
        (const void *)operands, (const void *)(operands + 32), (void *)result,
        (void *)(result + 256));
}

// One sum of equal points: the operand and the result have the same address.
static void ed_add_in_place_check(const uint8_t *operands, size_t count, uint8_t *result) {
    tandem_point256 point;
    (void)count;
    memcpy(&point, operands, sizeof point);
    tandem_sp1_ed_add(&point, &point);
    memcpy(result, &point, sizeof point);
}

static void keccak_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    memcpy(result, operands, 200);
    tandem_sp1_keccak_permute((void *)result);
}

// A block's 16 words and a state, in the machine's order of bytes.
static void sha_check(const uint8_t *operands, size_t count, uint8_t *result) {
    uint32_t schedule[64] = {0};
    (void)count;
    memcpy(schedule, operands, 64);
    memcpy(result, operands + 64, 32);
    tandem_sp1_sha_extend(schedule);
    tandem_sp1_sha_compress(schedule, (void *)result);
}

#define ENTRY(call, Type) {#call, call##_check},

static const check checks[] = {
    BINARY_CALLS(ENTRY) UNARY_CALLS(ENTRY) CHOICE_CALLS(ENTRY)
    {"uint256_mul", uint256_mul_check},
    {"u256xu2048_mul", u256xu2048_mul_check},
    {"ed_add_in_place", ed_add_in_place_check},
    {"keccak_permute", keccak_check},
    {"sha_compress", sha_check},
};

int main(void) { return run_checks(checks, CHECK_COUNT(checks)); }
