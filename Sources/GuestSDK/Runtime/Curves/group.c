// What every curve with 256-bit coordinates does (group.h).
#include "Curves/group.h"

#include "Integers/words.h"

enum { SCALAR_BITS = 256 };

void tandem_group_square_of_y(
    const tandem_group *group, tandem_u256 *square, const tandem_u256 *x
) {
    static const tandem_u256 three = {{3}};
    tandem_u256 cube;
    tandem_u256_mulmod(&cube, x, x, &group->prime);
    if (group->form == TANDEM_WEIERSTRASS_MINUS_3) {
        tandem_u256_submod(&cube, &cube, &three, &group->prime);
    }
    tandem_u256_mulmod(&cube, &cube, x, &group->prime);
    tandem_u256_addmod(square, &cube, &group->b, &group->prime);
}

// y^2 - x^2 = 1 + d x^2 y^2.
static bool edwards_contains(const tandem_group *group, const tandem_point256 *point) {
    static const tandem_u256 one = {{1}};
    tandem_u256 x, y, product, difference;
    tandem_u256_mulmod(&x, &point->x, &point->x, &group->prime);
    tandem_u256_mulmod(&y, &point->y, &point->y, &group->prime);
    tandem_u256_mulmod(&product, &x, &y, &group->prime);
    tandem_u256_mulmod(&product, &product, &group->b, &group->prime);
    tandem_u256_addmod(&product, &product, &one, &group->prime);
    tandem_u256_submod(&difference, &y, &x, &group->prime);
    return tandem_u256_compare(&product, &difference) == 0;
}

bool tandem_group_contains(const tandem_group *group, const tandem_point256 *point) {
    if (tandem_u256_compare(&point->x, &group->prime) >= 0) return false;
    if (tandem_u256_compare(&point->y, &group->prime) >= 0) return false;
    if (group->form == TANDEM_EDWARDS) return edwards_contains(group, point);
    if (tandem_group_is_identity(group, point)) return true;
    tandem_u256 expected, square;
    tandem_group_square_of_y(group, &expected, &point->x);
    tandem_u256_mulmod(&square, &point->y, &point->y, &group->prime);
    return tandem_u256_compare(&expected, &square) == 0;
}

bool tandem_group_decompress(
    const tandem_group *group, tandem_point256 *point, const tandem_u256 *x, bool y_is_odd
) {
    // 3 has no root in the fields of secp256k1 and P-256, the two curves that come here.
    static const tandem_u256 nonresidue = {{3}};
    tandem_u256 square, y;
    if (tandem_u256_compare(x, &group->prime) >= 0) return false;
    tandem_group_square_of_y(group, &square, x);
    if (!tandem_u256_sqrtmod(&y, &square, &group->prime, &nonresidue)) return false;
    if ((y.words[0] & 1) != y_is_odd) tandem_u256_subtract(&y, &group->prime, &y);
    point->x = *x;
    point->y = y;
    return true;
}

void tandem_group_add(
    const tandem_group *group, tandem_point256 *result, const tandem_point256 *left,
    const tandem_point256 *right
) {
    tandem_sum sum;
    tandem_sum_set(group, &sum, left);
    tandem_sum_add(group, &sum, right);
    tandem_sum_point(group, &sum, result);
}

void tandem_group_double(
    const tandem_group *group, tandem_point256 *result, const tandem_point256 *point
) {
    tandem_sum sum;
    tandem_sum_set(group, &sum, point);
    if (sum.is_present) tandem_sum_double(group, &sum);
    tandem_sum_point(group, &sum, result);
}

// The factor -1 and the modulus stand side by side, as UINT256_MUL takes them.
void tandem_group_negate(
    const tandem_group *group, tandem_point256 *result, const tandem_point256 *point
) {
    result->x = point->x;
    result->y = point->y;
    tandem_u256 *changed = group->form == TANDEM_EDWARDS ? &result->x : &result->y;
#ifdef TANDEM_SP1_PRECOMPILES
    sp1_call(SP1_UINT256_MUL, changed, &group->minus_one);
#else
    static const tandem_u256 zero;
    tandem_u256_submod(changed, &zero, changed, &group->prime);
#endif
}

void tandem_group_multiply(
    const tandem_group *group, tandem_point256 *result, const tandem_point256 *point,
    const tandem_u256 *scalar
) {
    tandem_point256 table[TANDEM_POINT_TABLE_SIZE];
    const tandem_point256 *tables[TANDEM_COLUMN_COUNT] = {table};
    tandem_digits digits = {0};
    tandem_sum sum = {0};
    if (!tandem_group_is_identity(group, point)) {
        tandem_group_odd_multiples(group, table, point);
        tandem_digits_write(&digits, 0, scalar, SCALAR_BITS, TANDEM_POINT_DIGIT_BITS, false);
        tandem_group_sum(group, &sum, &digits, tables);
    }
    tandem_sum_point(group, &sum, result);
}
