// Sums of points where the machine has no precompile for them, as fractions, because only the
// division at the end is dear.
#include "Curves/group.h"

#ifndef TANDEM_SP1_PRECOMPILES

#include "Curves/software.h"
#include "Integers/words.h"

void tandem_sum_set(const tandem_group *group, tandem_sum *sum, const tandem_point256 *point) {
    sum->is_present = !tandem_group_is_identity(group, point);
    sum->x = point->x;
    sum->y = point->y;
    sum->z = (tandem_u256){{1}};
    if (group->form == TANDEM_EDWARDS) {
        tandem_u256_mulmod(&sum->t, &point->x, &point->y, &group->prime);
    }
}

void tandem_sum_double(const tandem_group *group, tandem_sum *sum) {
    if (group->form == TANDEM_EDWARDS) {
        tandem_edwards_double(group, sum);
    } else {
        tandem_weierstrass_double(group, sum);
    }
}

void tandem_sum_add(const tandem_group *group, tandem_sum *sum, const tandem_point256 *point) {
    if (!sum->is_present) {
        tandem_sum_set(group, sum, point);
    } else if (group->form == TANDEM_EDWARDS) {
        tandem_edwards_add(group, sum, point);
    } else if (!tandem_group_is_identity(group, point)) {
        tandem_weierstrass_add(group, sum, point);
    }
}

// Divides the sums' coordinates by powers of z. One inverse serves all: that of the product of the
// first index + 1 numbers gives, times the product of the first index, the last one's.
static void divide(
    const tandem_group *group, const tandem_sum *sums, tandem_point256 *points, uint32_t count
) {
    const tandem_u256 *prime = &group->prime;
    tandem_u256 products[TANDEM_POINT_TABLE_SIZE], inverse, factor;
    products[0] = sums[0].z;
    for (uint32_t index = 1; index < count; index += 1) {
        tandem_u256_mulmod(&products[index], &products[index - 1], &sums[index].z, prime);
    }
    // z is never zero in a sum that is present.
    tandem_u256_invmod(&inverse, &products[count - 1], prime);
    for (uint32_t index = count; index > 0;) {
        index -= 1;
        factor = inverse;
        if (index > 0) tandem_u256_mulmod(&factor, &inverse, &products[index - 1], prime);
        tandem_u256_mulmod(&inverse, &inverse, &sums[index].z, prime);
        tandem_u256 for_y = factor;
        if (group->form != TANDEM_EDWARDS) {
            tandem_u256 square;
            tandem_u256_mulmod(&square, &factor, &factor, prime);
            tandem_u256_mulmod(&for_y, &square, &factor, prime);
            factor = square;
        }
        tandem_u256_mulmod(&points[index].x, &sums[index].x, &factor, prime);
        tandem_u256_mulmod(&points[index].y, &sums[index].y, &for_y, prime);
    }
}

void tandem_sum_point(const tandem_group *group, const tandem_sum *sum, tandem_point256 *point) {
    if (sum->is_present) {
        divide(group, sum, point, 1);
        return;
    }
    *point = (tandem_point256){0};
    if (group->form == TANDEM_EDWARDS) point->y.words[0] = 1;
}

// Adds the doubled point again and again. The sums need both as points, which takes two divisions.
void tandem_group_odd_multiples(
    const tandem_group *group, tandem_point256 table[TANDEM_POINT_TABLE_SIZE],
    const tandem_point256 *point
) {
    tandem_sum sums[TANDEM_POINT_TABLE_SIZE];
    tandem_point256 twice;
    tandem_group_double(group, &twice, point);
    tandem_sum_set(group, &sums[0], point);
    for (int index = 1; index < TANDEM_POINT_TABLE_SIZE; index += 1) {
        sums[index] = sums[index - 1];
        tandem_sum_add(group, &sums[index], &twice);
    }
    divide(group, sums, table, TANDEM_POINT_TABLE_SIZE);
}

#endif
