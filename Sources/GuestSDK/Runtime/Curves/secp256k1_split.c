// Halves of secp256k1's scalars (secp256k1_split.h).
#include "Curves/secp256k1_split.h"

#include "Integers/words.h"
#include "Precompiles/precompiles.h"

enum { WORD_COUNT = 8, HALF_WORD_COUNT = 4 };

static const tandem_u256 lambda = {{
    0x1b23bd72, 0xdf02967c, 0x20816678, 0x122e22ea,
    0x8812645a, 0xa5261c02, 0xc05c30e0, 0x5363ad4c,
}};

// The shortest vectors (a, b) with a + b lambda = 0 modulo the order are (a1, b1) and (a2, b2).
// These are -b1 and -b2 modulo the order, and b2 and -b1 times 2^384 divided by the order.
static const tandem_u256 minus_b1 = {{0x0abfe4c3, 0x6f547fa9, 0x010e8828, 0xe4437ed6}};
static const tandem_u256 minus_b2 = {{
    0x3db1562c, 0xd765cda8, 0x0774346d, 0x8a280ac5,
    0xfffffffe, 0xffffffff, 0xffffffff, 0xffffffff,
}};

#define FIRST_ESTIMATE \
    0x45dbb030, 0xe893209a, 0x71e8ca7f, 0x3daa8a14, \
    0x9284eb15, 0xe86c90e4, 0xa7d46bcd, 0x3086d221
#define SECOND_ESTIMATE \
    0x8ac47f71, 0x1571b4ae, 0x9df506c6, 0x221208ac, \
    0x0abfe4c4, 0x6f547fa9, 0x010e8828, 0xe4437ed6

static void round_half(tandem_u256 *result, const uint32_t *product) {
    enum { DROPPED_WORD_COUNT = 12 };
    *result = (tandem_u256){{0}};
    tandem_u256 rounding = {{product[DROPPED_WORD_COUNT - 1] >> 31}};
    for (int index = 0; index < HALF_WORD_COUNT; index += 1) {
        result->words[index] = product[DROPPED_WORD_COUNT + index];
    }
    tandem_u256_add(result, result, &rounding);
}

// The products of the scalar and both estimates, divided by 2^384 and rounded.
static void estimate(tandem_u256 *first, tandem_u256 *second, const tandem_u256 *scalar) {
    enum { SECOND_OFFSET = 32 };
#ifdef TANDEM_SP1_PRECOMPILES
    // One call multiplies both, 1024 bits apart.
    static const tandem_u2048 estimates = {{
        FIRST_ESTIMATE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        SECOND_ESTIMATE,
    }};
    struct {
        tandem_u2048 low;
        tandem_u256 high;
    } product;
    tandem_sp1_u256xu2048_mul(scalar, &estimates, &product.low, &product.high);
    const uint32_t *one = product.low.words, *other = product.low.words + SECOND_OFFSET;
#else
    static const uint32_t estimates[2][WORD_COUNT] = {{FIRST_ESTIMATE}, {SECOND_ESTIMATE}};
    uint32_t one[2 * WORD_COUNT], other[2 * WORD_COUNT];
    tandem_words_multiply(one, scalar->words, WORD_COUNT, estimates[0], WORD_COUNT);
    tandem_words_multiply(other, scalar->words, WORD_COUNT, estimates[1], WORD_COUNT);
#endif
    round_half(first, one);
    round_half(second, other);
}

// A number modulo the order, as one near zero with its sign.
static bool take_sign(tandem_u256 *value) {
    if (value->words[WORD_COUNT - 1] == 0) return false;
    tandem_u256_subtract(value, &tandem_secp256k1.order, value);
    return true;
}

// The scalar as a vector (scalar, 0) is c1 (a1, b1) + c2 (a2, b2) with fractions c1 and c2; without
// the nearest integers, (k1, k2) is left, at most half of both vectors: k1 up to (a1 + a2) / 2 and k2
// up to (b2 - b1) / 2 in size, both below 2^129 / 3.
void tandem_secp256k1_split(
    tandem_u256 halves[2], bool are_negative[2], const tandem_u256 *scalar
) {
    const tandem_u256 *order = &tandem_secp256k1.order;
    tandem_u256 reduced = *scalar, first, second, *k1 = &halves[0], *k2 = &halves[1];
    if (tandem_u256_compare(&reduced, order) >= 0) {
        tandem_u256_subtract(&reduced, &reduced, order);
    }
    estimate(&first, &second, &reduced);
    tandem_u256_mulmod(&first, &first, &minus_b1, order);
    tandem_u256_mulmod(&second, &second, &minus_b2, order);
    tandem_u256_addmod(k2, &first, &second, order);
    tandem_u256_mulmod(k1, k2, &lambda, order);
    tandem_u256_submod(k1, &reduced, k1, order);
    are_negative[0] = take_sign(k1);
    are_negative[1] = take_sign(k2);
}

void tandem_secp256k1_times_lambda(tandem_point256 *result, const tandem_point256 *point) {
    static const tandem_u256 beta = {{
        0x719501ee, 0xc1396c28, 0x12f58995, 0x9cf04975,
        0xac3434e9, 0x6e64479e, 0x657c0710, 0x7ae96a2b,
    }};
    tandem_u256_mulmod(&result->x, &point->x, &beta, &tandem_secp256k1.prime);
    result->y = point->y;
}
