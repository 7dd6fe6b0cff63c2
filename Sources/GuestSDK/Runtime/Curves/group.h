// The four curves with 256-bit coordinates, and sums of their points' multiples.
#ifndef TANDEM_GROUP_H
#define TANDEM_GROUP_H

#include "tandem_curves.h"

#include "Precompiles/precompiles.h"

typedef enum {
    // y^2 = x^3 + b
    TANDEM_WEIERSTRASS,
    // y^2 = x^3 - 3 x + b
    TANDEM_WEIERSTRASS_MINUS_3,
    // -x^2 + y^2 = 1 + b x^2 y^2
    TANDEM_EDWARDS,
} tandem_form;

typedef struct {
    tandem_form form;
    // SP1's calls; on Ed25519 the sum doubles too.
    uint32_t add_call, double_call;
    tandem_u256 b;
    // The prime less one and the prime, as UINT256_MUL takes a factor and a modulus.
    tandem_u256 minus_one, prime;
} tandem_group;

extern const tandem_group tandem_secp256k1_group, tandem_p256_group, tandem_bn254_group,
    tandem_ed25519_group;

// A sum that grows. Where the machine has no precompile for points, it is kept as a fraction:
// x / z^2 and y / z^3 on the curves of Weierstrass' form; x / z and y / z, with t = x y / z, on
// Ed25519.
typedef struct {
    // Otherwise the sum is the identity.
    bool is_present;
#ifdef TANDEM_SP1_PRECOMPILES
    tandem_point256 point;
#else
    tandem_u256 x, y, z, t;
#endif
} tandem_sum;

static inline bool tandem_group_is_identity(
    const tandem_group *group, const tandem_point256 *point
) {
    static const tandem_u256 one = {{1}};
    // Of other points, hardly any has this word zero.
    if (point->x.words[0] != 0 || !tandem_u256_is_zero(&point->x)) return false;
    if (group->form != TANDEM_EDWARDS) return tandem_u256_is_zero(&point->y);
    return tandem_u256_compare(&point->y, &one) == 0;
}

#ifdef TANDEM_SP1_PRECOMPILES
#include "Curves/sum_sp1.h"
#else
void tandem_sum_set(const tandem_group *group, tandem_sum *sum, const tandem_point256 *point);
void tandem_sum_double(const tandem_group *group, tandem_sum *sum);
void tandem_sum_add(const tandem_group *group, tandem_sum *sum, const tandem_point256 *point);
#endif

void tandem_sum_point(const tandem_group *group, const tandem_sum *sum, tandem_point256 *point);

// What the public functions of every curve do.
bool tandem_group_contains(const tandem_group *group, const tandem_point256 *point);
void tandem_group_add(
    const tandem_group *group, tandem_point256 *result, const tandem_point256 *left,
    const tandem_point256 *right);
void tandem_group_double(
    const tandem_group *group, tandem_point256 *result, const tandem_point256 *point);
void tandem_group_negate(
    const tandem_group *group, tandem_point256 *result, const tandem_point256 *point);
void tandem_group_multiply(
    const tandem_group *group, tandem_point256 *result, const tandem_point256 *point,
    const tandem_u256 *scalar);

// x^3 + a x + b of a curve of Weierstrass' form.
void tandem_group_square_of_y(
    const tandem_group *group, tandem_u256 *square, const tandem_u256 *x);

// The point with this x and a y of this parity; false when there is none.
bool tandem_group_decompress(
    const tandem_group *group, tandem_point256 *point, const tandem_u256 *x, bool y_is_odd);

enum { TANDEM_COLUMN_COUNT = 4, TANDEM_DIGIT_COUNT = 258, TANDEM_POINT_DIGIT_BITS = 5 };

// Up to four scalars as signed odd digits, most of them zero, one scalar to a column.
typedef struct {
    int8_t digits[TANDEM_DIGIT_COUNT][TANDEM_COLUMN_COUNT];
    // The place above the highest digit.
    uint32_t count;
} tandem_digits;

// Writes the lowest `bits` bits of a scalar, which are all of it, into a column. Digits are below
// 2^(digit_bits - 1). The columns were zero before.
void tandem_digits_write(
    tandem_digits *digits, uint32_t column, const tandem_u256 *scalar, uint32_t bits,
    uint32_t digit_bits, bool negative);

// Writes both 128-bit halves of a generator's scalar, into this column and the next.
void tandem_digits_write_halves(
    tandem_digits *digits, uint32_t column, const tandem_u256 *scalar);

// The sum over the columns of scalar times point. `odd_multiples` has 1, 3, 5 and so on times each.
void tandem_group_sum(
    const tandem_group *group, tandem_sum *sum, const tandem_digits *digits,
    const tandem_point256 *const odd_multiples[TANDEM_COLUMN_COUNT]);

enum { TANDEM_POINT_TABLE_SIZE = 1 << (TANDEM_POINT_DIGIT_BITS - 2) };

// 1, 3, 5 and so on times a point that is not the identity.
void tandem_group_odd_multiples(
    const tandem_group *group, tandem_point256 table[TANDEM_POINT_TABLE_SIZE],
    const tandem_point256 *point);

// first * generator + second * point, for a point on the curve; on Ed25519, for scalars below the
// order.
void tandem_secp256k1_combine(
    tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
    const tandem_point256 *point);
void tandem_p256_combine(
    tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
    const tandem_point256 *point);
void tandem_ed25519_combine(
    tandem_point256 *result, const tandem_u256 *first, const tandem_u256 *second,
    const tandem_point256 *point);

#endif
