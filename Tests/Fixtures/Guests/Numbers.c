// tandem_integers.h and tandem_fields.h, on either machine. Operands and results are the structures
// themselves, little-endian; a function that may find nothing puts whether it did in a word before.
#include "checks.h"
#include "tandem_fields.h"

#define TERNARY(call) \
    static void call##_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        const tandem_u256 *numbers = (const void *)operands; \
        tandem_u256 value = numbers[0]; \
        (void)count; \
        tandem_u256_##call((void *)result, &numbers[0], &numbers[1], &numbers[2]); \
        tandem_u256_##call(&value, &value, &numbers[1], &numbers[2]); \
        if (memcmp(&value, result, sizeof value) != 0) tandem_fail(#call ": in place"); \
    }
#define BINARY(call, Type) \
    static void call##_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        const Type *numbers = (const void *)operands; \
        Type first = numbers[0], second = numbers[1]; \
        (void)count; \
        tandem_##call((void *)result, &numbers[0], &numbers[1]); \
        tandem_##call(&first, &first, &second); \
        if (memcmp(&first, result, sizeof first) != 0) tandem_fail(#call ": in place"); \
        first = numbers[0]; \
        tandem_##call(&second, &first, &second); \
        if (memcmp(&second, result, sizeof second) != 0) tandem_fail(#call ": in place"); \
    }
#define UNARY(call, Type) \
    static void call##_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        Type value; \
        (void)count; \
        memcpy(&value, operands, sizeof value); \
        result[0] = tandem_##call(&value, &value); \
        if (result[0]) memcpy(result + 4, &value, sizeof value); \
    }

// The lesser of the two roots, as which one comes is not said.
#define ROOT(field, Type) \
    static void field##_fp_sqrt_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        static const Type zero; \
        Type root, other; \
        memcpy(&root, operands, count); \
        result[0] = tandem_##field##_fp_sqrt(&root, &root); \
        if (!result[0]) return; \
        tandem_##field##_fp_subtract(&other, &zero, &root); \
        bool is_less = true; \
        for (size_t index = 0; index < count / 4; index += 1) { \
            if (other.words[index] == root.words[index]) continue; \
            is_less = root.words[index] < other.words[index]; \
        } \
        memcpy(result + 4, is_less ? &root : &other, count); \
    }

TERNARY(addmod)
TERNARY(submod)
TERNARY(mulmod)
TERNARY(powmod)

#define BINARY_CALLS(CALL) \
    CALL(bn254_fp_add, tandem_u256) CALL(bn254_fp_subtract, tandem_u256) \
    CALL(bn254_fp_multiply, tandem_u256) CALL(bn254_fp2_add, tandem_bn254_fp2) \
    CALL(bn254_fp2_subtract, tandem_bn254_fp2) CALL(bn254_fp2_multiply, tandem_bn254_fp2) \
    CALL(bls12381_fp_add, tandem_u384) CALL(bls12381_fp_subtract, tandem_u384) \
    CALL(bls12381_fp_multiply, tandem_u384) CALL(bls12381_fp2_add, tandem_bls12381_fp2) \
    CALL(bls12381_fp2_subtract, tandem_bls12381_fp2) \
    CALL(bls12381_fp2_multiply, tandem_bls12381_fp2)
#define UNARY_CALLS(CALL) \
    CALL(bn254_fp_inverse, tandem_u256) CALL(bls12381_fp_inverse, tandem_u384)
#define ROOT_CALLS(CALL) CALL(bn254, tandem_u256) CALL(bls12381, tandem_u384)

BINARY_CALLS(BINARY)
UNARY_CALLS(UNARY)
ROOT_CALLS(ROOT)

// Loads and stores at an odd address, adds and subtracts, and compares.
static void u256_check(const uint8_t *operands, size_t count, uint8_t *result) {
    const tandem_u256 *numbers = (const void *)operands;
    uint8_t bytes[33];
    tandem_u256 value;
    (void)count;
    tandem_u256_store(&numbers[0], bytes + 1);
    tandem_u256_load(&value, bytes + 1);
    if (tandem_u256_compare(&value, &numbers[0]) != 0) tandem_fail("u256: load and store");
    memcpy(result, bytes + 1, 32);
    result[96] = tandem_u256_add((void *)(result + 32), &numbers[0], &numbers[1]);
    result[97] = tandem_u256_subtract((void *)(result + 64), &numbers[0], &numbers[1]);
    int order = tandem_u256_compare(&numbers[0], &numbers[1]);
    result[98] = (uint8_t)(order < 0 ? 0 : order == 0 ? 1 : 2);
    result[99] = tandem_u256_is_zero(&numbers[0]);
}

static void invmod_check(const uint8_t *operands, size_t count, uint8_t *result) {
    const tandem_u256 *numbers = (const void *)operands;
    (void)count;
    result[0] = tandem_u256_invmod((void *)(result + 4), &numbers[0], &numbers[1]);
    if (!result[0]) memset(result + 4, 0, 32);
}

// The lesser of the two roots, as which one comes is not said.
static void sqrtmod_check(const uint8_t *operands, size_t count, uint8_t *result) {
    const tandem_u256 *numbers = (const void *)operands;
    tandem_u256 root, other;
    (void)count;
    result[0] = tandem_u256_sqrtmod(&root, &numbers[0], &numbers[1], &numbers[2]);
    if (!result[0]) return;
    tandem_u256_subtract(&other, &numbers[1], &root);
    if (tandem_u256_compare(&other, &root) < 0) root = other;
    memcpy(result + 4, &root, sizeof root);
}

static void times_u2048_check(const uint8_t *operands, size_t count, uint8_t *result) {
    (void)count;
    tandem_u256_times_u2048(
        (void *)result, (void *)(result + 256), (const void *)operands,
        (const void *)(operands + 32));
}

static void u2048_mulmod_check(const uint8_t *operands, size_t count, uint8_t *result) {
    const tandem_u2048 *numbers = (const void *)operands;
    (void)count;
    tandem_u2048_mulmod((void *)result, &numbers[0], &numbers[1], &numbers[2]);
}

#define ENTRY(call, Type) {#call, call##_check},
#define ROOT_ENTRY(field, Type) {#field "_fp_sqrt", field##_fp_sqrt_check},

static const check checks[] = {
    {"addmod", addmod_check},
    {"submod", submod_check},
    {"mulmod", mulmod_check},
    {"powmod", powmod_check},
    {"u256", u256_check},
    {"invmod", invmod_check},
    {"sqrtmod", sqrtmod_check},
    {"times_u2048", times_u2048_check},
    {"u2048_mulmod", u2048_mulmod_check},
    BINARY_CALLS(ENTRY) UNARY_CALLS(ENTRY) ROOT_CALLS(ROOT_ENTRY)
};

int main(void) { return run_checks(checks, CHECK_COUNT(checks)); }
