// Sums of many points by SP1's precompiles. There each call costs the host a division, but for the
// calls that it sees coming: doublings of one point over and over, and additions along arrays, pair
// by pair. So points are doubled from the lowest bit of a scalar on, those of its digits are put
// aside, and in the end all are added up as sums of pairs, and pairs of those.
#ifndef TANDEM_ADDENDS_H
#define TANDEM_ADDENDS_H

#include "Curves/group.h"
#include "Curves/windows.h"

#ifdef TANDEM_SP1_PRECOMPILES

enum {
    TANDEM_SIDE_COUNT_MAX = 2,
    // For each side the digits of a generator's scalar and of a point's: at most 22 and 65 where
    // there are two sides, 51 and 127 where there is one.
    TANDEM_ADDEND_COUNT_MAX = 180,
};

// Points to be added up, for one sum or, taking turns in the array, for two.
typedef struct {
    uint32_t side_count;
    // For each side.
    uint32_t counts[TANDEM_SIDE_COUNT_MAX];
    tandem_point256 points[TANDEM_ADDEND_COUNT_MAX];
} tandem_addends;

// Sums of nothing yet, one or two.
static inline void tandem_addends_begin(tandem_addends *addends, uint32_t side_count) {
    addends->side_count = side_count;
    for (uint32_t side = 0; side < side_count; side += 1) addends->counts[side] = 0;
}

// Appends what adds up to scalar times a generator, or its opposite, by a table of windows
// (windows.h). The scalar has at most `bit_count` bits.
void tandem_addends_append_windows(
    tandem_addends *addends, uint32_t side, const tandem_group *group,
    const tandem_windows *windows, const tandem_u256 *scalar, uint32_t bit_count,
    bool is_negative);

// Appends to each side what adds up to its scalar times the point, or the opposite. The scalars are
// below two thirds of 2^bit_count, which is at most 2^254.
void tandem_addends_append_powers(
    tandem_addends *addends, const tandem_group *group, const tandem_point256 *point,
    const tandem_u256 *scalars, const bool *are_negative, uint32_t bit_count);

// The sum of each side. The points are gone then.
void tandem_addends_sum(
    tandem_addends *addends, const tandem_group *group, tandem_point256 *sums);

#endif
#endif
