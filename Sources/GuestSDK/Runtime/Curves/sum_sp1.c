// Sums of points by SP1's precompiles: what is not in line.
#include "Curves/group.h"

#ifdef TANDEM_SP1_PRECOMPILES

void tandem_sum_point(const tandem_group *group, const tandem_sum *sum, tandem_point256 *point) {
    if (sum->is_present) {
        *point = sum->point;
        return;
    }
    *point = (tandem_point256){0};
    if (group->form == TANDEM_EDWARDS) point->y.words[0] = 1;
}

void tandem_group_odd_multiples(
    const tandem_group *group, tandem_point256 table[TANDEM_POINT_TABLE_SIZE],
    const tandem_point256 *point
) {
    tandem_point256 twice = *point;
    // The points of a curve of Weierstrass' form have a great prime order, so that none of these
    // sums is of equal or opposite points.
    sp1_call(group->double_call, &twice, &twice);
    table[0] = *point;
    for (int index = 1; index < TANDEM_POINT_TABLE_SIZE; index += 1) {
        table[index] = table[index - 1];
        sp1_call(group->add_call, &table[index], &twice);
    }
}

#endif
