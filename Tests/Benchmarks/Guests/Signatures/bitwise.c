// Checks signatures with the calls that guests of SP1's own library make: two points are doubled
// for each bit of a scalar, and added to a sum for each bit that is set.
//
//   input    verify_request
//   output   how many signatures were right, four little-endian bytes
#include "count_right.h"
#include "tandem_signatures.h"
#include "tandem_sp1.h"
#include <string.h>

enum { BIT_COUNT = 256, WORD_COUNT = 8, BYTE_COUNT = 32 };

typedef struct {
    void (*add)(tandem_point256 *point, const tandem_point256 *other);
    void (*double_in_place)(tandem_point256 *point);
} calls;

static void double_on_ed25519(tandem_point256 *point) { tandem_sp1_ed_add(point, point); }

static const calls weierstrass_calls[2] = {
    {tandem_sp1_secp256k1_add, tandem_sp1_secp256k1_double},
    {tandem_sp1_secp256r1_add, tandem_sp1_secp256r1_double},
};
static const calls edwards_calls = {tandem_sp1_ed_add, double_on_ed25519};

static bool is_bit_set(const tandem_u256 *scalar, uint32_t bit) {
    return scalar->words[bit / 32] >> (bit % 32) & 1;
}

// Sums of random points: no two that are added are equal or opposite.
static void add(
    const calls *curve, tandem_point256 *sum, bool *is_present, const tandem_point256 *point
) {
    if (*is_present) {
        curve->add(sum, point);
    } else {
        *sum = *point;
        *is_present = true;
    }
}

static void combine(
    const calls *curve, tandem_point256 *sum, const tandem_u256 scalars[2],
    tandem_point256 points[2]
) {
    bool is_present = false;
    for (uint32_t bit = 0; bit < BIT_COUNT; bit += 1) {
        for (int index = 0; index < 2; index += 1) {
            if (is_bit_set(&scalars[index], bit)) add(curve, sum, &is_present, &points[index]);
        }
        for (int index = 0; index < 2; index += 1) curve->double_in_place(&points[index]);
    }
}

static bool is_ecdsa_right(
    const calls *curve, const tandem_curve256_parameters *parameters, const signed_digest *given
) {
    const tandem_u256 *order = &parameters->order;
    static const tandem_u256 one = {{1}};
    tandem_u256 r, s, scalars[2];
    tandem_point256 points[2] = {parameters->generator}, sum;
    tandem_u256_load(&points[1].x, given->key);
    tandem_u256_load(&points[1].y, given->key + BYTE_COUNT);
    tandem_u256_load(&r, given->signature);
    tandem_u256_load(&s, given->signature + BYTE_COUNT);
    tandem_u256_load(&scalars[0], given->digest);
    if (!tandem_u256_invmod(&s, &s, order)) return false;
    tandem_u256_mulmod(&scalars[0], &scalars[0], &s, order);
    tandem_u256_mulmod(&scalars[1], &r, &s, order);
    combine(curve, &sum, scalars, points);
    tandem_u256_mulmod(&sum.x, &sum.x, &one, order);
    return tandem_u256_compare(&sum.x, &r) == 0;
}

static bool is_ed25519_right(const signed_digest *given) {
    uint32_t hash[2 * WORD_COUNT];
    tandem_sha512_hasher hasher;
    tandem_sha512_begin(&hasher);
    tandem_sha512_update(&hasher, given->signature, BYTE_COUNT);
    tandem_sha512_update(&hasher, given->key, BYTE_COUNT);
    tandem_sha512_update(&hasher, given->digest, BYTE_COUNT);
    tandem_sha512_finish(&hasher, (uint8_t *)hash);
    // The hash modulo the order, by 2^256 = 16 (2^252 - order) + 16 order.
    static const tandem_u256 one = {{1}};
    const tandem_u256 *order = &tandem_ed25519.order;
    tandem_u256 scalars[2], high, shift = {{0}};
    tandem_u256_subtract(&shift, &shift, order);
    tandem_u256_mulmod(&shift, &shift, &one, order);
    memcpy(&scalars[1], hash, BYTE_COUNT);
    memcpy(&high, hash + WORD_COUNT, BYTE_COUNT);
    tandem_u256_mulmod(&scalars[1], &scalars[1], &one, order);
    tandem_u256_mulmod(&high, &high, &shift, order);
    tandem_u256_addmod(&scalars[1], &scalars[1], &high, order);
    memcpy(&scalars[0], given->signature + BYTE_COUNT, BYTE_COUNT);
    tandem_point256 points[2] = {tandem_ed25519.generator}, sum;
    if (!tandem_ed25519_decompress(&points[1], given->key)) return false;
    tandem_ed25519_negate(&points[1], &points[1]);
    combine(&edwards_calls, &sum, scalars, points);
    uint8_t bytes[BYTE_COUNT];
    tandem_ed25519_compress(&sum, bytes);
    return memcmp(bytes, given->signature, BYTE_COUNT) == 0;
}

static bool is_right(uint32_t curve, const signed_digest *given) {
    if (curve == CURVE_ED25519) return is_ed25519_right(given);
    const tandem_curve256_parameters *parameters =
        curve == CURVE_SECP256K1 ? &tandem_secp256k1 : &tandem_p256;
    return is_ecdsa_right(&weierstrass_calls[curve], parameters, given);
}

int main(void) { return count_right(is_right); }
