// tandem_curves.h, on either machine. Operands and results are the structures themselves,
// little-endian; a function that may find nothing puts whether it did in a word before.
#include "checks.h"
#include "tandem_curves.h"

#define ADD(curve, Type) \
    static void curve##_add_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        const Type *points = (const void *)operands; \
        Type first = points[0], second = points[1]; \
        (void)count; \
        tandem_##curve##_add((void *)result, &points[0], &points[1]); \
        tandem_##curve##_add(&first, &first, &second); \
        if (memcmp(&first, result, sizeof first) != 0) tandem_fail(#curve ": in place"); \
        first = points[0]; \
        tandem_##curve##_add(&second, &first, &second); \
        if (memcmp(&second, result, sizeof second) != 0) tandem_fail(#curve ": in place"); \
    }
#define DOUBLE(curve, Type) \
    static void curve##_double_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        Type point; \
        (void)count; \
        memcpy(&point, operands, sizeof point); \
        tandem_##curve##_double(&point, &point); \
        memcpy(result, &point, sizeof point); \
    }
#define NEGATE(curve, Type) \
    static void curve##_negate_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        (void)count; \
        tandem_##curve##_negate((void *)result, (const void *)operands); \
    }
// A point and a scalar of 256 bits.
#define MULTIPLY(curve, Type) \
    static void curve##_multiply_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        (void)count; \
        tandem_##curve##_multiply( \
            (void *)result, (const void *)operands, (const void *)(operands + sizeof(Type))); \
    }
#define CONTAINS(curve, Type) \
    static void curve##_contains_check(const uint8_t *operands, size_t count, uint8_t *result) { \
        (void)count; \
        result[0] = tandem_##curve##_is_on_curve((const void *)operands); \
    }
// The choice in a word, then x.
#define DECOMPRESS(curve, Type) \
    static void curve##_decompress_check( \
        const uint8_t *operands, size_t count, uint8_t *result) { \
        Type point; \
        (void)count; \
        result[0] = tandem_##curve##_decompress( \
            &point, (const void *)(operands + 4), operands[0] != 0); \
        if (result[0]) memcpy(result + 4, &point, sizeof point); \
    }

#define DOUBLING_CURVES(CALL) \
    CALL(secp256k1, tandem_point256) CALL(p256, tandem_point256) CALL(bn254, tandem_point256) \
    CALL(bls12381, tandem_point384)
#define CURVES(CALL) DOUBLING_CURVES(CALL) CALL(ed25519, tandem_point256)
#define COMPRESSED_CURVES(CALL) \
    CALL(secp256k1, tandem_point256) CALL(p256, tandem_point256) CALL(bls12381, tandem_point384)

CURVES(ADD)
CURVES(NEGATE)
CURVES(MULTIPLY)
CURVES(CONTAINS)
DOUBLING_CURVES(DOUBLE)
COMPRESSED_CURVES(DECOMPRESS)

// Any 32 bytes; those of a point that was found come back from it.
static void ed25519_decompress_check(const uint8_t *operands, size_t count, uint8_t *result) {
    tandem_point256 point;
    uint8_t bytes[33], again[33];
    (void)count;
    memcpy(bytes + 1, operands, 32);
    result[0] = tandem_ed25519_decompress(&point, bytes + 1);
    if (!result[0]) return;
    memcpy(result + 4, &point, sizeof point);
    tandem_ed25519_compress(&point, again + 1);
    if (memcmp(again + 1, bytes + 1, 32) != 0) tandem_fail("ed25519: compressed otherwise");
}

#define ADD_ENTRY(curve, Type) {#curve "_add", curve##_add_check},
#define NEGATE_ENTRY(curve, Type) {#curve "_negate", curve##_negate_check},
#define MULTIPLY_ENTRY(curve, Type) {#curve "_multiply", curve##_multiply_check},
#define CONTAINS_ENTRY(curve, Type) {#curve "_is_on_curve", curve##_contains_check},
#define DOUBLE_ENTRY(curve, Type) {#curve "_double", curve##_double_check},
#define DECOMPRESS_ENTRY(curve, Type) {#curve "_decompress", curve##_decompress_check},

static const check checks[] = {
    CURVES(ADD_ENTRY) CURVES(NEGATE_ENTRY) CURVES(MULTIPLY_ENTRY) CURVES(CONTAINS_ENTRY)
    DOUBLING_CURVES(DOUBLE_ENTRY) COMPRESSED_CURVES(DECOMPRESS_ENTRY)
    {"ed25519_decompress", ed25519_decompress_check},
};

int main(void) { return run_checks(checks, CHECK_COUNT(checks)); }
