// Sums of points by SP1's precompiles, in line. They have no identity, and on the curves of
// Weierstrass' form they add no equal or opposite points: all of that is looked for here.
#ifndef TANDEM_SUM_SP1_H
#define TANDEM_SUM_SP1_H

static inline bool tandem_are_equal(const tandem_u256 *left, const tandem_u256 *right) {
    // All but a few comparisons end here.
    if (left->words[0] != right->words[0]) return false;
    return tandem_u256_compare(left, right) == 0;
}

static inline void tandem_sum_set(
    const tandem_group *group, tandem_sum *sum, const tandem_point256 *point
) {
    sum->is_present = !tandem_group_is_identity(group, point);
    sum->point.x = point->x;
    sum->point.y = point->y;
}

static inline void tandem_sum_double(const tandem_group *group, tandem_sum *sum) {
    // No point but the identity has y = 0: every such curve here has an odd number of points.
    sp1_call(group->double_call, &sum->point, &sum->point);
}

static inline void tandem_sum_add(
    const tandem_group *group, tandem_sum *sum, const tandem_point256 *point
) {
    if (!sum->is_present) {
        tandem_sum_set(group, sum, point);
        return;
    }
    if (group->form != TANDEM_EDWARDS) {
        if (tandem_group_is_identity(group, point)) return;
        if (tandem_are_equal(&sum->point.x, &point->x)) {
            if (tandem_are_equal(&sum->point.y, &point->y)) {
                tandem_sum_double(group, sum);
            } else {
                sum->is_present = false;
            }
            return;
        }
    }
    sp1_call(group->add_call, &sum->point, point);
}

#endif
